package dev.firn.source.aws;

import dev.firn.console.OperatorException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Reads secrets from AWS Secrets Manager. */
public final class ManagedSecrets {

  private static final Pattern ARN = Pattern.compile("arn:[^:]+:secretsmanager:([^:]+):.*");

  private final SecretsManagerClient client;

  ManagedSecrets(SecretsManagerClient client) {
    this.client = client;
  }

  /**
   * Reads a secret with the credentials of the environment: in the region of its ARN, or else in
   * that of the environment.
   *
   * @param name or ARN of the secret
   */
  public static ManagedSecret read(String name) {
    SecretsManagerClientBuilder builder =
        SecretsManagerClient.builder().httpClientBuilder(ApacheHttpClient.builder());
    region(name).map(Region::of).ifPresent(builder::region);
    try (SecretsManagerClient client = builder.build()) {
      return new ManagedSecrets(client).secret(name);
    } catch (SdkException e) {
      throw refusal(name, e);
    }
  }

  ManagedSecret secret(String name) {
    try {
      String value = client.getSecretValue(request -> request.secretId(name)).secretString();
      if (value == null) {
        throw new OperatorException(
            "Cannot read secret: it is binary: " + name, "Store the password as text.");
      }
      return new ManagedSecret(name, value);
    } catch (SdkException e) {
      throw refusal(name, e);
    }
  }

  static Optional<String> region(String name) {
    Matcher matcher = ARN.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static OperatorException refusal(String name, SdkException failure) {
    return new OperatorException(
        "Cannot read secret: %s: %s".formatted(why(failure), name),
        "Check its name, region (AWS_REGION) and credentials, and that they allow"
            + " secretsmanager:GetSecretValue (and kms:Decrypt with its key).",
        isPassing(failure) ? unreachable(failure) : failure);
  }

  private static String why(SdkException failure) {
    return failure instanceof SecretsManagerException answer && answer.awsErrorDetails() != null
        ? answer.awsErrorDetails().errorCode()
        : SdkFailures.firstLine(failure);
  }

  private static boolean isPassing(SdkException failure) {
    return !(failure instanceof SecretsManagerException answer)
        || answer.statusCode() >= 500
        || answer.isThrottlingException();
  }

  // Reported as a connection that cannot be established, so that a run that reconnects tries again.
  private static SQLException unreachable(SdkException failure) {
    return new SQLException(why(failure), "08001", failure);
  }
}
