package dev.firn.testing.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A shard and its records; guarded by its stream. */
final class FakeShard {

  private final String id;
  private final HashRange range;
  private final List<FakeShard> parents;
  private final BigInteger begin;
  private final List<StoredRecord> records = new ArrayList<>();
  private BigInteger end;

  FakeShard(String id, HashRange range, List<FakeShard> parents, BigInteger begin) {
    this.id = id;
    this.range = range;
    this.parents = List.copyOf(parents);
    this.begin = begin;
  }

  String id() {
    return id;
  }

  HashRange range() {
    return range;
  }

  List<FakeShard> parents() {
    return parents;
  }

  /** The sequence number before all of its records. */
  BigInteger begin() {
    return begin;
  }

  /** The sequence number after all of its records; empty while it is open. */
  Optional<BigInteger> end() {
    return Optional.ofNullable(end);
  }

  boolean isOpen() {
    return end == null;
  }

  List<StoredRecord> records() {
    return records;
  }

  void append(StoredRecord record) {
    records.add(record);
  }

  void close(BigInteger sequenceNumber) {
    end = sequenceNumber;
  }

  /** The place of the first record with this sequence number or a greater one. */
  int placeOf(BigInteger sequenceNumber) {
    int place = 0;
    while (place < records.size()
        && records.get(place).sequenceNumber().compareTo(sequenceNumber) < 0) {
      place++;
    }
    return place;
  }
}
