package dev.firn.pipeline;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * The Kinesis data stream between the producer and the delivery.
 *
 * @param region where the AWS SDK does not find one by itself
 * @param endpoint another than AWS's own: an emulator
 * @param recordBytes longest record that the stream, and what delivers it, take; a longer row goes
 *     straight to the raw zone
 */
public record KinesisConfig(
    String stream, Optional<String> region, Optional<URI> endpoint, int recordBytes) {

  /** Firehose takes no longer record (Amazon Data Firehose quotas). */
  public static final int DEFAULT_RECORD_BYTES = 1000 << 10;

  public KinesisConfig {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(endpoint, "endpoint");
  }
}
