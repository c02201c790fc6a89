package dev.firn.delivery.record;

import java.time.Instant;
import java.util.Objects;

/** A record of the stream. */
public final class StreamRecord {

  private final byte[] data;
  private final Instant arrival;

  /**
   * @param data kept and not copied: it must not be modified
   * @param arrival approximate time at which the stream accepted it
   */
  public StreamRecord(byte[] data, Instant arrival) {
    this.data = Objects.requireNonNull(data, "data");
    this.arrival = Objects.requireNonNull(arrival, "arrival");
  }

  /** Writes the record unchanged, byte for byte. */
  public byte[] data() {
    return data;
  }

  public Instant arrival() {
    return arrival;
  }
}
