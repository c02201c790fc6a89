package dev.firn.aws;

import dev.firn.pipeline.KinesisConfig;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

/**
 * Makes the client of a Kinesis stream. It does not retry: only the caller knows which records of a
 * request may be sent again, and how long to wait. Credentials come from the SDK's default chain:
 * environment, profile, web identity, container, instance.
 */
public final class KinesisClients {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Timeout of one request and its response: up to 10 MiB each, over a slow line. */
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  private static final int CONNECTIONS = 50;

  /**
   * Shared by all clients: daemon threads, which end with the process. A client with its own pool
   * takes 2 s to close.
   */
  private static final SdkEventLoopGroup EVENT_LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  private KinesisClients() {}

  /** Opens a client without sending a request. The caller closes it. */
  public static KinesisAsyncClient open(KinesisConfig config) {
    KinesisAsyncClientBuilder builder =
        KinesisAsyncClient.builder()
            .httpClientBuilder(http())
            .overrideConfiguration(once())
            .region(Regions.choose(config.region()));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static NettyNioAsyncHttpClient.Builder http() {
    // The SDK uses HTTP/2 for Kinesis by default; emulators support only HTTP/1.1.
    return NettyNioAsyncHttpClient.builder()
        .eventLoopGroup(EVENT_LOOPS)
        .protocol(Protocol.HTTP1_1)
        .connectionTimeout(CONNECT)
        .connectionAcquisitionTimeout(ATTEMPT)
        .maxConcurrency(CONNECTIONS)
        .readTimeout(ATTEMPT)
        .writeTimeout(ATTEMPT);
  }

  private static ClientOverrideConfiguration once() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .apiCallAttemptTimeout(ATTEMPT)
        .build();
  }
}
