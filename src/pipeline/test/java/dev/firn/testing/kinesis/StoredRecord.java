package dev.firn.testing.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A record that a shard holds.
 *
 * @param sequenceNumber unique in the stream, and greater than of every record before it
 * @param arrival when the stream took it
 */
public record StoredRecord(
    BigInteger sequenceNumber, Instant arrival, String partitionKey, byte[] data) {

  /** The data as UTF-8. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }
}
