package dev.firn.delivery.record;

import java.time.Instant;
import java.util.Objects;

/** A record of the stream. */
public final class StreamRecord {

  private final byte[] data;
  private final Instant arrival;

  /**
   * @param data kept and not copied: nobody may change it
   * @param arrival when the stream took it, about
   */
  public StreamRecord(byte[] data, Instant arrival) {
    this.data = Objects.requireNonNull(data, "data");
    this.arrival = Objects.requireNonNull(arrival, "arrival");
  }

  /** Written as it is, byte for byte. */
  public byte[] data() {
    return data;
  }

  public Instant arrival() {
    return arrival;
  }
}
