package dev.firn.delivery.read;

import dev.firn.delivery.position.ShardPosition;
import dev.firn.delivery.record.StreamRecord;
import java.util.List;

/**
 * Records that were read from a shard, in its order; there may be none.
 *
 * @param from where the shard was before them
 * @param to where it is behind them
 * @param millisBehind the tip of the shard, as Kinesis tells it
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
