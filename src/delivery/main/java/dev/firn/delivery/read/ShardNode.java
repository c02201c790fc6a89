package dev.firn.delivery.read;

import java.util.Set;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * A shard in the family tree of a stream.
 *
 * @param parents closed by the split or merge that made it; they may have expired
 */
record ShardNode(String id, Set<String> parents) {

  ShardNode {
    parents = Set.copyOf(parents);
  }

  static ShardNode of(Shard shard) {
    if (shard.parentShardId() == null) {
      return new ShardNode(shard.shardId(), Set.of());
    }
    return new ShardNode(
        shard.shardId(),
        shard.adjacentParentShardId() == null
            ? Set.of(shard.parentShardId())
            : Set.of(shard.parentShardId(), shard.adjacentParentShardId()));
  }
}
