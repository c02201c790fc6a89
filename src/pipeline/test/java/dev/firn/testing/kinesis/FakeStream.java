package dev.firn.testing.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stream: its shards, those closed by a reshard too, and what was put. */
final class FakeStream {

  // As long as the real ones, so that nobody takes them for a long.
  private static final BigInteger FIRST_SEQUENCE = BigInteger.TEN.pow(55).multiply(BigInteger.TWO);

  private final String name;
  private final List<FakeShard> shards = new ArrayList<>();
  private final List<StoredRecord> records = new ArrayList<>();
  private BigInteger sequence = FIRST_SEQUENCE;

  FakeStream(String name, int shardCount) {
    this.name = name;
    for (int i = 0; i < shardCount; i++) {
      add(HashRange.ALL.part(i, shardCount), List.of());
    }
  }

  String name() {
    return name;
  }

  synchronized List<FakeShard> shards() {
    return List.copyOf(shards);
  }

  synchronized List<StoredRecord> records() {
    return List.copyOf(records);
  }

  synchronized List<StoredRecord> records(FakeShard shard) {
    return List.copyOf(shard.records());
  }

  synchronized FakeShard shard(String id) {
    return shards.stream()
        .filter(shard -> shard.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> KinesisFault.of("ResourceNotFoundException", "Shard " + id + " in " + name));
  }

  synchronized FakeShard openShard(BigInteger hash) {
    return shards.stream()
        .filter(FakeShard::isOpen)
        .filter(shard -> shard.range().contains(hash))
        .findFirst()
        .orElseThrow();
  }

  synchronized StoredRecord put(FakeShard shard, String partitionKey, byte[] data) {
    StoredRecord record = new StoredRecord(next(), Instant.now(), partitionKey, data);
    shard.append(record);
    records.add(record);
    return record;
  }

  synchronized void split(FakeShard shard, BigInteger hash) {
    requireOpen(shard);
    if (!shard.range().contains(hash) || shard.range().first().equals(hash)) {
      throw KinesisFault.invalid("NewStartingHashKey is not inside the shard: " + hash);
    }
    shard.close(next());
    add(shard.range().below(hash), List.of(shard));
    add(shard.range().from(hash), List.of(shard));
  }

  synchronized void merge(FakeShard one, FakeShard other) {
    requireOpen(one);
    requireOpen(other);
    boolean inOrder = one.range().isBefore(other.range());
    if (!inOrder && !other.range().isBefore(one.range())) {
      throw KinesisFault.invalid("The shards are not adjacent: " + one.id() + ", " + other.id());
    }
    HashRange range = inOrder ? one.range().and(other.range()) : other.range().and(one.range());
    one.close(next());
    other.close(next());
    add(range, List.of(one, other));
  }

  private static void requireOpen(FakeShard shard) {
    if (!shard.isOpen()) {
      throw KinesisFault.invalid("The shard is closed: " + shard.id());
    }
  }

  private void add(HashRange range, List<FakeShard> parents) {
    String id = "shardId-%012d".formatted(shards.size());
    shards.add(new FakeShard(id, range, parents, next()));
  }

  private BigInteger next() {
    sequence = sequence.add(BigInteger.ONE);
    return sequence;
  }
}
