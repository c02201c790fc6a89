package dev.firn.delivery.record;

import java.time.Instant;
import java.util.Objects;

/**
 * A record of the stream.
 *
 * @param data written as it is, byte for byte
 * @param arrival when the stream took it, about
 */
public record StreamRecord(byte[] data, Instant arrival) {

  public StreamRecord {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(arrival, "arrival");
  }
}
