package dev.firn.cdc.output;

import dev.firn.contract.EventLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Chooses the shard of an event: all events of a key go to one shard, those of a table without a
 * key to all shards. The partition key is a hash of fixed length, since a key may be longer than
 * the 256 characters that Kinesis allows, and its value should not show in metrics or logs. Not
 * thread-safe.
 */
final class PartitionKeys {

  static final int LENGTH = 32;

  private static final int KEYLESS = "{}".length();

  private final MessageDigest digest = digest();

  String of(EventLine event) {
    digest.update(event.source().table().value().getBytes(StandardCharsets.UTF_8));
    int length = event.keyTo() - event.keyFrom();
    if (length > KEYLESS) {
      digest.update(event.values().array(), event.keyFrom(), length);
    } else {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, event.position().seq()));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, LENGTH / 2);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: this Java has no SHA-256", e);
    }
  }
}
