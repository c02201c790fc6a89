package dev.firn.etl.merge;

import dev.firn.etl.judge.Forgotten;
import dev.firn.etl.progress.NextProgress;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch that the SQL engine has made on a staging branch. */
final class StagedBranch implements StagedBatch {

  private static final Logger LOG = LoggerFactory.getLogger(StagedBranch.class);

  private final StagingBranch branch;
  private final String plan;
  private Counts counts = Counts.NONE;
  private Forgotten forgotten = Forgotten.NONE;

  StagedBranch(StagingBranch branch, String plan) {
    this.branch = branch;
    this.plan = plan;
  }

  void judged(Counts staged, Forgotten older) {
    counts = staged;
    forgotten = older;
  }

  @Override
  public Forgotten forgotten() {
    return forgotten;
  }

  @Override
  public Counts counts() {
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
      // What failed first is what the operator needs to see; a later run removes the branch.
      LOG.warn("Cannot drop staging branch {}", branch.name(), e);
    }
  }
}
