package dev.firn.engine.sql;

import dev.firn.contract.Position;
import dev.firn.engine.batch.BatchContext;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.publish.StagingBranch;
import java.util.Map;

/** A batch that is being written to a staging branch. */
record BranchWrite(StagingBranch branch, BatchContext batch, UnpublishedBranch staged) {

  Position truncatedAt() {
    return batch.truncatedAt();
  }

  Map<String, String> summary(EventCounts counts, String plan, Phases phases) {
    return batch.summary(counts, plan, phases);
  }
}
