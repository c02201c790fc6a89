package dev.firn.pipeline;

import dev.firn.contract.raw.BufferLimits;
import java.time.Duration;
import java.util.Objects;

/** How events travel from the producer to the raw zone. */
public record StreamConfig(BufferLimits buffer) {

  /** Small enough that a laptop shows a change soon, large enough for few files. */
  public static final BufferLimits DEFAULT_BUFFER =
      new BufferLimits(Duration.ofSeconds(10), 64L << 20, 500);

  public StreamConfig {
    Objects.requireNonNull(buffer, "buffer");
  }
}
