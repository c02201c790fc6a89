package dev.firn.delivery.read;

import dev.firn.delivery.position.ShardPosition;
import dev.firn.delivery.record.StreamRecord;
import java.util.List;

/**
 * Records that were read from a shard, in its order; there may be none.
 *
 * @param from position in the shard before them
 * @param to position in the shard after them
 * @param millisBehind the tip of the shard, as Kinesis reports it
 */
public record ShardBatch(
    String shard,
    ShardPosition from,
    ShardPosition to,
    List<StreamRecord> records,
    long millisBehind) {

  public ShardBatch {
    records = List.copyOf(records);
  }
}
