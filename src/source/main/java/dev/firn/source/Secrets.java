package dev.firn.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.Secret.Store;
import dev.firn.source.aws.ManagedSecret;
import dev.firn.source.aws.ManagedSecrets;

/** Reads a secret from the environment or from Secrets Manager. */
public final class Secrets {

  private Secrets() {}

  /** The password in a secret's JSON, or the secret's text. */
  public static String resolve(Secret secret) {
    return secret.store() == Store.ENVIRONMENT ? secret.resolve() : managed(secret.name()).text();
  }

  /**
   * @param name or ARN of one in Secrets Manager
   */
  static ManagedSecret managed(String name) {
    try {
      return ManagedSecrets.read(name);
    } catch (LinkageError e) {
      throw new OperatorException(
          "Cannot read secret: no usable client of Secrets Manager is on the class path: %s: %s"
              .formatted(e.getMessage(), name),
          "Add software.amazon.awssdk:secretsmanager, in the version of the AWS SDK there.",
          e);
    }
  }
}
