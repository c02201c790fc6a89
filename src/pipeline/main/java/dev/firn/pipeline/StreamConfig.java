package dev.firn.pipeline;

import dev.firn.contract.raw.BufferLimits;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How events travel from the producer to the raw zone.
 *
 * @param kinesis the stream between them; empty when the producer writes the raw zone itself
 * @param buffer when the writer of the raw zone completes a file
 */
public record StreamConfig(Optional<KinesisConfig> kinesis, BufferLimits buffer) {

  /** Small enough to see a change soon on a laptop, large enough to avoid many small files. */
  public static final BufferLimits DEFAULT_BUFFER =
      new BufferLimits(Duration.ofSeconds(10), 64L << 20, 500);

  public StreamConfig {
    Objects.requireNonNull(kinesis, "kinesis");
    Objects.requireNonNull(buffer, "buffer");
  }

  public static StreamConfig direct(BufferLimits buffer) {
    return new StreamConfig(Optional.empty(), buffer);
  }
}
