package dev.firn.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Makes clients of S3. The SDK's own retries stay enabled: putting an object twice leaves the same
 * object. If the SDK's standard settings name another endpoint, such as an emulator, buckets are
 * addressed by path, since their host names do not resolve there.
 */
final class S3Clients {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Timeout of one request: a raw file over a slow line. */
  private static final Duration ATTEMPT = Duration.ofMinutes(5);

  private static final int CONNECTIONS = 20;

  private S3Clients() {}

  static S3Client open(Optional<String> region) {
    return S3Client.builder()
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .maxConnections(CONNECTIONS))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder().apiCallAttemptTimeout(ATTEMPT).build())
        .region(Regions.choose(region))
        .crossRegionAccessEnabled(!isElsewhere())
        .forcePathStyle(isElsewhere())
        .build();
  }

  private static boolean isElsewhere() {
    return Stream.of("aws.endpointUrlS3", "aws.endpointUrl")
            .anyMatch(name -> System.getProperty(name) != null)
        || Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .anyMatch(name -> System.getenv(name) != null);
  }
}
