package dev.firn.testing.kinesis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A position in a shard that was handed out to a reader.
 *
 * @param place of the next record to read
 */
record ShardIterator(String stream, String shard, int place, Instant issued) {

  private static final String SEPARATOR = "|";

  static ShardIterator at(FakeStream stream, FakeShard shard, int place) {
    return new ShardIterator(stream.name(), shard.id(), place, Instant.now());
  }

  static ShardIterator parse(String text) {
    String[] parts =
        new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
    return new ShardIterator(
        parts[0], parts[1], Integer.parseInt(parts[2]), Instant.parse(parts[3]));
  }

  String text() {
    String text = String.join(SEPARATOR, stream, shard, Integer.toString(place), issued.toString());
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
