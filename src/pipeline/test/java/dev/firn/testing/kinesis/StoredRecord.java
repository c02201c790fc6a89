package dev.firn.testing.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A record that a shard holds. */
public final class StoredRecord {

  private final BigInteger sequenceNumber;
  private final Instant arrival;
  private final String partitionKey;
  private final byte[] data;

  StoredRecord(BigInteger sequenceNumber, Instant arrival, String partitionKey, byte[] data) {
    this.sequenceNumber = sequenceNumber;
    this.arrival = arrival;
    this.partitionKey = partitionKey;
    this.data = data.clone();
  }

  /** Unique in the stream, and greater than that of every record before. */
  public BigInteger sequenceNumber() {
    return sequenceNumber;
  }

  /** When the stream took it. */
  public Instant arrival() {
    return arrival;
  }

  public String partitionKey() {
    return partitionKey;
  }

  public byte[] data() {
    return data.clone();
  }

  /** The data as UTF-8. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  int length() {
    return data.length;
  }
}
