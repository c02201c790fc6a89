package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.phase.Phases;
import java.util.Map;

/** A batch that is made on a staging branch. */
record StagedCommit(StagingBranch branch, BatchCommit batch, StagedBranch staged) {

  Position truncatedAt() {
    return batch.truncatedAt();
  }

  Map<String, String> summary(Counts counts, String plan, Phases phases) {
    return batch.summary(counts, plan, phases);
  }
}
