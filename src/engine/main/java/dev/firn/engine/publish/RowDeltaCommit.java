package dev.firn.engine.publish;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/**
 * Commits written files together with the table's progress in one metadata commit: it creates a
 * branch at the fence's base, adds one row delta to it, and moves main to it. Main can only be
 * moved if it is still at the base, so a changed table rejects the whole commit; the commit is
 * never retried on top of another writer's change.
 */
public final class RowDeltaCommit {

  private final Fence fence;

  public RowDeltaCommit(Fence fence) {
    this.fence = fence;
  }

  /**
   * @param files adds the files to the row delta
   */
  public void commit(Map<String, String> summary, NextProgress next, Consumer<RowDelta> files) {
    String branch = StagingBranch.name(fence.batch());
    Transaction transaction = fence.table().newTransaction();
    transaction.manageSnapshots().createBranch(branch, fence.base()).commit();
    RowDelta delta =
        transaction
            .newRowDelta()
            .toBranch(branch)
            .validateFromSnapshot(fence.base())
            .conflictDetectionFilter(Expressions.alwaysTrue())
            .validateNoConflictingDataFiles()
            .validateNoConflictingDeleteFiles();
    summary.forEach(delta::set);
    files.accept(delta);
    delta.commit();
    next.writeTo(transaction, transaction.table().snapshot(branch));
    transaction
        .manageSnapshots()
        .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
        .removeBranch(branch)
        .commit();
    transaction.commitTransaction();
  }
}
