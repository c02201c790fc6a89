package dev.firn.delivery.read;

import dev.firn.delivery.position.ShardPosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which shards may be read now: those that are not at their end, and whose parents are read to
 * their end or have expired. So a key that moved to another shard is read in order.
 */
final class ShardPlan {

  private final Map<String, ShardPosition> positions;
  private final Map<String, ShardNode> listed = new LinkedHashMap<>();

  /**
   * @param positions that an earlier run left; a shard that is not among them is read from its
   *     oldest record
   */
  ShardPlan(Map<String, ShardPosition> positions) {
    this.positions = new TreeMap<>(positions);
  }

  /** Takes a new listing; returns the shards that expired before they were read to their end. */
  List<String> list(List<ShardNode> shards) {
    Set<String> present = shards.stream().map(ShardNode::id).collect(Collectors.toSet());
    List<String> lost = new ArrayList<>();
    for (String known : new HashSet<>(positions.keySet())) {
      if (!present.contains(known) && !positions.remove(known).isEnd()) {
        lost.add(known);
      }
    }
    listed.clear();
    for (ShardNode shard : shards) {
      listed.put(shard.id(), shard);
      positions.putIfAbsent(shard.id(), ShardPosition.BEGIN);
    }
    return lost;
  }

  List<String> readable() {
    return listed.values().stream()
        .filter(shard -> !position(shard.id()).isEnd())
        .filter(shard -> shard.parents().stream().allMatch(this::isDone))
        .map(ShardNode::id)
        .toList();
  }

  ShardPosition position(String shard) {
    return positions.get(shard);
  }

  void moveTo(String shard, ShardPosition position) {
    positions.put(shard, position);
  }

  /** Of every shard that is listed. */
  Map<String, ShardPosition> positions() {
    return Map.copyOf(positions);
  }

  private boolean isDone(String parent) {
    return !listed.containsKey(parent) || position(parent).isEnd();
  }
}
