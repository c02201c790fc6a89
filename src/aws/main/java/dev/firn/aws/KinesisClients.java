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
 * Makes the client of a Kinesis stream. It tries every request once: only its caller knows which
 * records of a request may be sent again, and how long to wait. Credentials come from the SDK's
 * default chain: environment, profile, web identity, container, instance.
 */
public final class KinesisClients {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Of one request and its answer: up to 10 MiB each, over a slow line. */
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  private static final int CONNECTIONS = 50;

  /** Of all clients: daemons, that end with the process. A client with its own ends after 2 s. */
  private static final SdkEventLoopGroup EVENT_LOOPS =
      SdkEventLoopGroup.builder().numberOfThreads(2).build();

  private KinesisClients() {}

  /** Opens a client; nothing is asked of AWS yet. The caller closes it. */
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
    // The SDK would speak HTTP/2 to Kinesis without asking; emulators answer HTTP/1.1 alone.
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
