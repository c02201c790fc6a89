package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.phase.Phases;
import java.time.Instant;
import java.util.Map;

/** A batch that is made on a staging branch. */
record StagedCommit(StagingBranch branch, BatchCommit batch) {

  Position truncatedAt() {
    return batch.truncatedAt();
  }

  Instant plannedAt() {
    return batch.plannedAt();
  }

  Map<String, String> summary(Counts counts, String plan, Phases phases) {
    return batch.summary(counts, plan, phases);
  }
}
