package dev.firn.delivery.write;

import dev.firn.contract.raw.BufferLimits;
import java.util.Objects;
import java.util.Set;

/**
 * How files are written.
 *
 * @param stream prefix of their names
 * @param limits of age and size that complete a file, as Firehose's buffering hints do
 * @param partitions tables and hours that may have an open file at one time
 */
public record WriteOptions(
    String stream, BufferLimits limits, int partitions, Set<Oddity> oddities) {

  public WriteOptions {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(limits, "limits");
    oddities = Set.copyOf(oddities);
  }

  boolean has(Oddity oddity) {
    return oddities.contains(oddity);
  }
}
