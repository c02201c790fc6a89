package dev.firn.delivery.write;

import dev.firn.delivery.position.ShardPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A file in progress. It knows, for each shard, the position before the shard's first record in it:
 * until the file is in the raw zone, the shard must not be checkpointed beyond that position.
 */
final class RecordFile {

  private final Path file;
  private final String target;
  private final long begun;
  private final GzipMembers out;
  private final Map<String, ShardPosition> before = new HashMap<>();
  private long bytes;

  /**
   * @param file its path until it is complete
   * @param target its path in the raw zone
   * @param begun the tick at which it was opened
   */
  RecordFile(Path file, String target, long begun, int recordsAMember) throws IOException {
    this.file = file;
    this.target = target;
    this.begun = begun;
    this.out = new GzipMembers(file, recordsAMember);
  }

  void append(byte[] record, int length) throws IOException {
    out.write(record, length);
    bytes += length;
  }

  /** The next records are from this shard, after this position. */
  void hold(String shard, ShardPosition position) {
    before.putIfAbsent(shard, position);
  }

  /**
   * How far a shard that was read up to a position may be checkpointed while this file is not
   * durable.
   */
  ShardPosition limit(String shard, ShardPosition read) {
    ShardPosition held = before.getOrDefault(shard, read);
    return held.compareTo(read) < 0 ? held : read;
  }

  String folder() {
    return target.substring(0, target.lastIndexOf('/'));
  }

  String target() {
    return target;
  }

  Path file() {
    return file;
  }

  /** A tick. */
  long begun() {
    return begun;
  }

  /** Uncompressed. */
  long bytes() {
    return bytes;
  }

  void complete() throws IOException {
    out.close();
  }

  void abandon() throws IOException {
    try (out) {
      Files.deleteIfExists(file);
    }
  }
}
