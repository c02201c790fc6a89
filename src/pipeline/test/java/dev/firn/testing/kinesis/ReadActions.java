package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** GetShardIterator and GetRecords. */
final class ReadActions {

  /** Of one answer, unless a single record is longer (Kinesis API reference, GetRecords). */
  private static final int MOST_BYTES = 10 << 20;

  private static final int MOST_RECORDS = 10_000;

  /** An iterator is good so long (Kinesis API reference, GetShardIterator). */
  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

  private final FakeStreams streams;
  private final KinesisFaults faults;

  ReadActions(FakeStreams streams, KinesisFaults faults) {
    this.streams = streams;
    this.faults = faults;
  }

  ObjectNode getShardIterator(JsonNode request, WireFormat format) {
    FakeStream stream = streams.of(request);
    FakeShard shard = stream.shard(request.path("ShardId").asText());
    ObjectNode answer = format.object();
    int place = place(stream, shard, request, format);
    answer.put("ShardIterator", ShardIterator.at(stream, shard, place).text());
    return answer;
  }

  ObjectNode getRecords(JsonNode request, WireFormat format) {
    ShardIterator iterator = ShardIterator.parse(request.path("ShardIterator").asText());
    if (faults.isExpired(iterator.issued())
        || iterator.issued().plus(ITERATOR_LIFE).isBefore(Instant.now())) {
      throw KinesisFault.of("ExpiredIteratorException", "Iterator expired");
    }
    FakeStream stream = streams.named(iterator.stream());
    FakeShard shard = stream.shard(iterator.shard());
    // Asked for before the records are: a shard closed in between reports its end with the next
    // answer.
    boolean isOpen = shard.isOpen();
    List<StoredRecord> records = stream.records(shard);
    int end = end(records, iterator.place(), request.path("Limit").asInt(MOST_RECORDS));
    ObjectNode answer = format.object();
    write(records.subList(iterator.place(), end), answer.putArray("Records"), format);
    if (end < records.size() || isOpen) {
      answer.put("NextShardIterator", ShardIterator.at(stream, shard, end).text());
    } else {
      writeChildren(stream, shard, answer);
    }
    answer.put("MillisBehindLatest", millisBehind(records, end));
    return answer;
  }

  private static int place(
      FakeStream stream, FakeShard shard, JsonNode request, WireFormat format) {
    String type = request.path("ShardIteratorType").asText();
    return switch (type) {
      case "TRIM_HORIZON" -> 0;
      case "LATEST" -> stream.records(shard).size();
      case "AT_SEQUENCE_NUMBER" -> shard.placeOf(sequenceNumber(request));
      case "AFTER_SEQUENCE_NUMBER" -> shard.placeOf(sequenceNumber(request).add(BigInteger.ONE));
      case "AT_TIMESTAMP" -> placeAt(stream.records(shard), format.time(request.path("Timestamp")));
      default -> throw KinesisFault.invalid("ShardIteratorType: " + type);
    };
  }

  private static int placeAt(List<StoredRecord> records, Instant time) {
    int place = 0;
    while (place < records.size() && records.get(place).arrival().isBefore(time)) {
      place++;
    }
    return place;
  }

  private static BigInteger sequenceNumber(JsonNode request) {
    return new BigInteger(request.path("StartingSequenceNumber").asText());
  }

  private static int end(List<StoredRecord> records, int from, int limit) {
    int end = from;
    long bytes = 0;
    while (end < records.size() && end - from < Math.min(limit, MOST_RECORDS)) {
      bytes += records.get(end).length();
      if (bytes > MOST_BYTES && end > from) {
        break;
      }
      end++;
    }
    return end;
  }

  private static void write(List<StoredRecord> records, ArrayNode nodes, WireFormat format) {
    for (StoredRecord record : records) {
      ObjectNode node = nodes.addObject();
      node.put("SequenceNumber", record.sequenceNumber().toString());
      node.set("ApproximateArrivalTimestamp", format.time(record.arrival()));
      node.put("Data", record.data());
      node.put("PartitionKey", record.partitionKey());
    }
  }

  private static void writeChildren(FakeStream stream, FakeShard shard, ObjectNode answer) {
    ArrayNode children = answer.putArray("ChildShards");
    for (FakeShard child : stream.shards()) {
      if (child.parents().contains(shard)) {
        ObjectNode node = children.addObject();
        node.put("ShardId", child.id());
        ArrayNode parents = node.putArray("ParentShards");
        child.parents().forEach(parent -> parents.add(parent.id()));
        ObjectNode hashes = node.putObject("HashKeyRange");
        hashes.put("StartingHashKey", child.range().first().toString());
        hashes.put("EndingHashKey", child.range().last().toString());
      }
    }
  }

  private static long millisBehind(List<StoredRecord> records, int end) {
    return end == records.size()
        ? 0
        : Math.max(1, Duration.between(records.get(end).arrival(), Instant.now()).toMillis());
  }
}
