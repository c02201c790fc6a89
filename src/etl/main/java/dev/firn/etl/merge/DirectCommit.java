package dev.firn.etl.merge;

import dev.firn.etl.direct.MergedFiles;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.expressions.Expressions;

/**
 * Publishes the files of a batch in one metadata commit: a branch at the fence's base, one row
 * delta on it, and main moved onto it. Main can only be moved where it still is at the base, so a
 * table that has changed refuses the whole; nothing is tried again on top of what somebody else
 * did.
 */
final class DirectCommit implements StagedBatch {

  private static final int ATTEMPTS = 5;

  private final Fence fence;
  private final MergedFiles files;
  private final Tombstones tombstones;
  private final Counts truncations;
  private boolean buried;
  private boolean isUnknown;
  private boolean published;

  /**
   * @param truncations what became of the batch's own TRUNCATEs
   */
  DirectCommit(Fence fence, MergedFiles files, Tombstones tombstones, Counts truncations) {
    this.fence = fence;
    this.files = files;
    this.tombstones = tombstones;
    this.truncations = truncations;
  }

  @Override
  public Counts counts() {
    return Counts.of(files.tallies()).plus(truncations);
  }

  @Override
  public String plan() {
    return files.plan();
  }

  @Override
  public void publish(Map<String, String> summary) {
    for (int attempt = 1; !published; attempt++) {
      fence.check();
      bury();
      try {
        commit(summary);
        published = true;
      } catch (CommitStateUnknownException e) {
        isUnknown = true;
        published = fence.isPublished();
        if (!published) {
          throw e;
        }
      } catch (CommitFailedException | IllegalArgumentException e) {
        // Something about the table changed, perhaps not main: the fence tells.
        published = fence.isPublished();
        if (!published && attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void bury() {
    if (!buried && !files.tombstones().isEmpty()) {
      tombstones.append(files.tombstones());
    }
    buried = true;
  }

  private void commit(Map<String, String> summary) {
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
    files.addTo(delta);
    delta.commit();
    transaction
        .manageSnapshots()
        .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
        .removeBranch(branch)
        .commit();
    transaction.commitTransaction();
  }

  @Override
  public void drop() {
    if (!published && !isUnknown) {
      CatalogUtil.deleteFiles(fence.table().io(), files.locations(), "unpublished", true);
    }
  }
}
