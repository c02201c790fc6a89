package dev.firn.engine.sql;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.publish.StagingBranch;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch that the SQL engine has written to a staging branch. */
final class UnpublishedBranch implements UnpublishedBatch {

  private static final Logger LOG = LoggerFactory.getLogger(UnpublishedBranch.class);

  private final StagingBranch branch;
  private final String plan;
  private EventCounts counts = EventCounts.NONE;
  private Forgotten forgotten = Forgotten.NONE;

  UnpublishedBranch(StagingBranch branch, String plan) {
    this.branch = branch;
    this.plan = plan;
  }

  void judged(EventCounts staged, Forgotten older) {
    counts = staged;
    forgotten = older;
  }

  @Override
  public Forgotten forgotten() {
    return forgotten;
  }

  @Override
  public EventCounts counts() {
    return counts;
  }

  @Override
  public String plan() {
    return plan;
  }

  @Override
  public void check() {
    branch.check();
  }

  @Override
  public void publish(Map<String, String> summary, NextProgress next) {
    branch.stamp(summary);
    branch.publish(next);
  }

  @Override
  public void drop() {
    if (branch.isPublished()) {
      return;
    }
    try {
      branch.drop();
    } catch (RuntimeException e) {
      // The operator needs to see the first failure; a later run removes the branch.
      LOG.warn("Cannot drop staging branch {}; a later merge removes it", branch.name(), e);
    }
  }
}
