package dev.firn.delivery.read;

import dev.firn.delivery.position.ShardPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** The requests for one stream. */
final class StreamClient {

  private final KinesisAsyncClient kinesis;
  private final String stream;

  StreamClient(KinesisAsyncClient kinesis, String stream) {
    this.kinesis = Objects.requireNonNull(kinesis, "kinesis");
    this.stream = Objects.requireNonNull(stream, "stream");
  }

  String stream() {
    return stream;
  }

  CompletableFuture<StreamDescriptionSummary> summary() {
    return kinesis
        .describeStreamSummary(request -> request.streamName(stream))
        .thenApply(answer -> answer.streamDescriptionSummary());
  }

  /** All shards, including closed ones that still have records. */
  CompletableFuture<List<ShardNode>> shards() {
    return page(ListShardsRequest.builder().streamName(stream).build(), new ArrayList<>());
  }

  CompletableFuture<String> iterator(String shard, ShardPosition position) {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamName(stream).shardId(shard);
    if (position.equals(ShardPosition.BEGIN)) {
      request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
    } else {
      request
          .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
          .startingSequenceNumber(position.toString());
    }
    return kinesis
        .getShardIterator(request.build())
        .thenApply(GetShardIteratorResponse::shardIterator);
  }

  CompletableFuture<GetRecordsResponse> records(String iterator) {
    return kinesis.getRecords(request -> request.shardIterator(iterator));
  }

  private CompletableFuture<List<ShardNode>> page(
      ListShardsRequest request, List<ShardNode> before) {
    return kinesis.listShards(request).thenCompose(answer -> next(answer, before));
  }

  private CompletableFuture<List<ShardNode>> next(
      ListShardsResponse answer, List<ShardNode> before) {
    answer.shards().forEach(shard -> before.add(ShardNode.of(shard)));
    return answer.nextToken() == null
        ? CompletableFuture.completedFuture(before)
        : page(ListShardsRequest.builder().nextToken(answer.nextToken()).build(), before);
  }
}
