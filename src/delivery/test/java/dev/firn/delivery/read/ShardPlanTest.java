package dev.firn.delivery.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.delivery.position.ShardPosition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardPlanTest {

  private static final ShardPosition SOMEWHERE = ShardPosition.after("12");

  private final ShardPlan plan = new ShardPlan(Map.of());

  @Test
  void aNewShardIsReadFromItsOldestRecord() {
    plan.list(List.of(shard("a")));

    assertEquals(List.of("a"), plan.readable());
    assertEquals(ShardPosition.BEGIN, plan.position("a"));
  }

  @Test
  void childrenWaitForTheEndOfTheirParent() {
    plan.list(List.of(shard("a"), shard("b", "a"), shard("c", "a")));
    assertEquals(List.of("a"), plan.readable());

    plan.moveTo("a", SOMEWHERE);
    assertEquals(List.of("a"), plan.readable());

    plan.moveTo("a", ShardPosition.END);
    assertEquals(List.of("b", "c"), plan.readable());
  }

  @Test
  void theChildOfAMergeWaitsForBothParents() {
    plan.list(List.of(shard("a"), shard("b"), shard("c", "a", "b")));

    plan.moveTo("a", ShardPosition.END);
    assertEquals(List.of("b"), plan.readable());

    plan.moveTo("b", ShardPosition.END);
    assertEquals(List.of("c"), plan.readable());
  }

  @Test
  void aParentThatIsGoneIsNotWaitedFor() {
    plan.list(List.of(shard("b", "a")));

    assertEquals(List.of("b"), plan.readable());
  }

  @Test
  void whatAnEarlierRunReadIsNotReadAgain() {
    ShardPlan later = new ShardPlan(Map.of("a", ShardPosition.END, "b", SOMEWHERE));
    later.list(List.of(shard("a"), shard("b", "a")));

    assertEquals(List.of("b"), later.readable());
    assertEquals(SOMEWHERE, later.position("b"));
  }

  @Test
  void aShardThatExpiresUnreadIsReported() {
    plan.list(List.of(shard("a"), shard("b")));
    plan.moveTo("a", ShardPosition.END);

    assertEquals(List.of("b"), plan.list(List.of(shard("c"))));
    assertEquals(Set.of("c"), plan.positions().keySet());
  }

  private static ShardNode shard(String id, String... parents) {
    return new ShardNode(id, Set.of(parents));
  }
}
