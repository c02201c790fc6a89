package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** PutRecords: checked as a whole, then taken or refused record by record. */
final class WriteActions {

  private static final int LONGEST_KEY = 256;

  private final FakeStreams streams;
  private final KinesisFaults faults;
  private final KinesisLimits limits;

  WriteActions(FakeStreams streams, KinesisFaults faults, KinesisLimits limits) {
    this.streams = streams;
    this.faults = faults;
    this.limits = limits;
  }

  ObjectNode putRecords(JsonNode request, WireFormat format) throws IOException {
    FakeStream stream = streams.of(request);
    JsonNode records = request.path("Records");
    check(records);
    ObjectNode[] results = new ObjectNode[records.size()];
    int failed = 0;
    for (int index : faults.order(records.size())) {
      results[index] = format.object();
      if (faults.isRefused(index + 1)) {
        refuse(results[index]);
        failed++;
      } else {
        store(stream, records.get(index), results[index]);
      }
    }
    ObjectNode answer = format.object();
    answer.put("FailedRecordCount", failed);
    ArrayNode all = answer.putArray("Records");
    for (ObjectNode result : results) {
      all.add(result);
    }
    return answer;
  }

  private static void refuse(ObjectNode result) {
    result.put("ErrorCode", "ProvisionedThroughputExceededException");
    result.put("ErrorMessage", "Rate exceeded for shard");
  }

  private static void store(FakeStream stream, JsonNode record, ObjectNode result)
      throws IOException {
    String key = record.path("PartitionKey").asText();
    BigInteger hash =
        record.hasNonNull("ExplicitHashKey")
            ? new BigInteger(record.path("ExplicitHashKey").asText())
            : HashRange.hashOf(key);
    FakeShard shard = stream.openShard(hash);
    StoredRecord stored = stream.put(shard, key, record.path("Data").binaryValue());
    result.put("SequenceNumber", stored.sequenceNumber().toString());
    result.put("ShardId", shard.id());
  }

  private void check(JsonNode records) throws IOException {
    if (records.isEmpty() || records.size() > limits.records()) {
      throw KinesisFault.invalid(
          "1 to %d records are allowed: %d".formatted(limits.records(), records.size()));
    }
    long total = 0;
    for (JsonNode record : records) {
      total += checkedSize(record);
    }
    if (total > limits.requestBytes()) {
      throw KinesisFault.invalid(
          "Records size exceeds %d bytes: %d".formatted(limits.requestBytes(), total));
    }
  }

  private int checkedSize(JsonNode record) throws IOException {
    String key = record.path("PartitionKey").asText("");
    int characters = key.codePointCount(0, key.length());
    if (characters < 1 || characters > LONGEST_KEY) {
      throw KinesisFault.invalid("A partition key has 1 to 256 characters: " + characters);
    }
    int size =
        record.path("Data").binaryValue().length + key.getBytes(StandardCharsets.UTF_8).length;
    if (size > limits.recordBytes()) {
      throw KinesisFault.invalid(
          "A record has at most %d bytes: %d".formatted(limits.recordBytes(), size));
    }
    return size;
  }
}
