package dev.firn.pipeline;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * The Kinesis data stream between the producer and the delivery.
 *
 * @param region if the AWS SDK does not find one
 * @param endpoint of an emulator, instead of AWS's own
 * @param recordBytes longest record that the stream and its consumer accept; a longer row is
 *     written directly to the raw zone
 */
public record KinesisConfig(
    String stream, Optional<String> region, Optional<URI> endpoint, int recordBytes) {

  /** Firehose's limit (Amazon Data Firehose quotas). */
  public static final int DEFAULT_RECORD_BYTES = 1000 << 10;

  public KinesisConfig {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(endpoint, "endpoint");
  }
}
