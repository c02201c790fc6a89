package dev.firn.source.aws;

import dev.firn.console.OperatorException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Signs the token that replaces a password on Amazon RDS and Aurora (RDS user guide, "IAM database
 * authentication"): a presigned request {@code connect} of the service {@code rds-db}, written
 * without its scheme. It is needed only to connect, and is valid for 15 minutes.
 */
public final class RdsTokens {

  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final Pattern ENDPOINT =
      Pattern.compile(".+\\.([a-z0-9-]+)\\.rds\\.amazonaws\\.com(\\.cn)?");

  private final AwsCredentialsIdentity identity;
  private final String region;
  private final Clock clock;

  RdsTokens(AwsCredentialsIdentity identity, String region, Clock clock) {
    this.identity = identity;
    this.region = region;
    this.clock = clock;
  }

  /** With the credentials of the environment, in the region of the host. */
  public static RdsTokens ofEnvironment(String host) {
    try (DefaultCredentialsProvider provider = DefaultCredentialsProvider.builder().build()) {
      return new RdsTokens(provider.resolveCredentials(), region(host), Clock.systemUTC());
    } catch (SdkException e) {
      throw new OperatorException(
          "Cannot sign a token for the source: %s: %s".formatted(SdkFailures.firstLine(e), host),
          "Give this process AWS credentials and a region, and allow them rds-db:connect as the"
              + " role.",
          e);
    }
  }

  public String token(String host, int port, String user) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host(host)
            .port(port)
            .encodedPath("/")
            .putRawQueryParameter("Action", "connect")
            .putRawQueryParameter("DBUser", user)
            .build();
    String signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(identity)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                            AwsV4HttpSigner.AUTH_LOCATION,
                            AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, LIFETIME)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request()
            .getUri()
            .toString();
    return signed.substring("https://".length());
  }

  static String region(String host) {
    Matcher matcher = ENDPOINT.matcher(host);
    return matcher.matches()
        ? matcher.group(1)
        : DefaultAwsRegionProviderChain.builder().build().getRegion().id();
  }
}
