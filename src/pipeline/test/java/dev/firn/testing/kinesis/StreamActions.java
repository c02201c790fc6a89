package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** The actions on streams and shards. */
final class StreamActions {

  private static final int PAGE = 100;
  private static final int RETENTION_HOURS = 24;

  private final FakeStreams streams;
  private final Instant created = Instant.now();

  StreamActions(FakeStreams streams) {
    this.streams = streams;
  }

  ObjectNode createStream(JsonNode request, WireFormat format) {
    streams.create(request.path("StreamName").asText(), request.path("ShardCount").asInt(1));
    return format.object();
  }

  ObjectNode describeStreamSummary(JsonNode request, WireFormat format) {
    FakeStream stream = streams.of(request);
    ObjectNode answer = format.object();
    ObjectNode summary = answer.putObject("StreamDescriptionSummary");
    summary.put("StreamName", stream.name());
    summary.put("StreamARN", FakeStreams.arn(stream));
    summary.put("StreamStatus", "ACTIVE");
    summary.put("RetentionPeriodHours", RETENTION_HOURS);
    summary.set("StreamCreationTimestamp", format.time(created));
    summary.putArray("EnhancedMonitoring");
    summary.put("OpenShardCount", stream.shards().stream().filter(FakeShard::isOpen).count());
    return answer;
  }

  ObjectNode listShards(JsonNode request, WireFormat format) {
    String[] token = request.path("NextToken").asText("").split("\\|", -1);
    boolean isFirst = token.length < 2;
    FakeStream stream = isFirst ? streams.of(request) : streams.named(token[0]);
    int from = isFirst ? 0 : Integer.parseInt(token[1]);
    List<FakeShard> all = stream.shards();
    int to = Math.min(all.size(), from + request.path("MaxResults").asInt(PAGE));
    ObjectNode answer = format.object();
    ArrayNode shards = answer.putArray("Shards");
    all.subList(from, to).forEach(shard -> describe(shard, shards.addObject()));
    if (to < all.size()) {
      answer.put("NextToken", stream.name() + "|" + to);
    }
    return answer;
  }

  ObjectNode splitShard(JsonNode request, WireFormat format) {
    FakeStream stream = streams.of(request);
    stream.split(
        stream.shard(request.path("ShardToSplit").asText()),
        new BigInteger(request.path("NewStartingHashKey").asText()));
    return format.object();
  }

  ObjectNode mergeShards(JsonNode request, WireFormat format) {
    FakeStream stream = streams.of(request);
    stream.merge(
        stream.shard(request.path("ShardToMerge").asText()),
        stream.shard(request.path("AdjacentShardToMerge").asText()));
    return format.object();
  }

  private static void describe(FakeShard shard, ObjectNode node) {
    node.put("ShardId", shard.id());
    String[] names = {"ParentShardId", "AdjacentParentShardId"};
    for (int i = 0; i < shard.parents().size(); i++) {
      node.put(names[i], shard.parents().get(i).id());
    }
    ObjectNode hashes = node.putObject("HashKeyRange");
    hashes.put("StartingHashKey", shard.range().first().toString());
    hashes.put("EndingHashKey", shard.range().last().toString());
    ObjectNode sequence = node.putObject("SequenceNumberRange");
    sequence.put("StartingSequenceNumber", shard.begin().toString());
    shard.end().ifPresent(end -> sequence.put("EndingSequenceNumber", end.toString()));
  }
}
