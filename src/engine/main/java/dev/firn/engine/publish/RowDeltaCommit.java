package dev.firn.engine.publish;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;

/**
 * Commits files that were written before, and the progress of the table with them, in one metadata
 * commit: a branch at the fence's base, one row delta on it, and main moved onto it. Main can only
 * be moved where it still is at the base, so a table that has changed refuses the whole; nothing is
 * tried again on top of what somebody else did.
 */
public final class RowDeltaCommit {

  private final Fence fence;

  public RowDeltaCommit(Fence fence) {
    this.fence = fence;
  }

  /**
   * @param files puts the files into the row delta
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
