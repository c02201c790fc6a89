package dev.firn.etl.merge;

import dev.firn.contract.fault.Failpoint;
import dev.firn.etl.direct.MergedFiles;
import dev.firn.etl.judge.Forgotten;
import dev.firn.etl.progress.NextProgress;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.expressions.Expressions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the files of a batch in one metadata commit: a branch at the fence's base, one row
 * delta on it, and main moved onto it. Main can only be moved where it still is at the base, so a
 * table that has changed refuses the whole; nothing is tried again on top of what somebody else
 * did. Its files are deleted only where {@link Publication#isRuledOut no commit can name them}.
 */
final class DirectCommit implements StagedBatch {

  private static final Logger LOG = LoggerFactory.getLogger(DirectCommit.class);

  private final Fence fence;
  private final Publication publication;
  private final MergedFiles files;
  private final Tombstones tombstones;
  private final Counts truncations;
  private boolean mayBeBuried;

  /**
   * @param truncations what became of the batch's own TRUNCATEs
   */
  DirectCommit(Fence fence, MergedFiles files, Tombstones tombstones, Counts truncations) {
    this.fence = fence;
    this.publication = new Publication(fence);
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
  public Forgotten forgotten() {
    return files.forgotten();
  }

  @Override
  public void check() {
    publication.check();
  }

  @Override
  public void publish(Map<String, String> summary, NextProgress next) {
    check();
    bury();
    publication.publish(() -> commit(summary, next));
  }

  private void bury() {
    if (!files.tombstones().isEmpty()) {
      mayBeBuried = true;
      tombstones.append(files.tombstones());
      Failpoint.MERGE_TOMBSTONES_COMMITTED.pass();
    }
  }

  private void commit(Map<String, String> summary, NextProgress next) {
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
    next.writeTo(transaction, transaction.table().snapshot(branch));
    transaction
        .manageSnapshots()
        .fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch)
        .removeBranch(branch)
        .commit();
    transaction.commitTransaction();
  }

  @Override
  public void drop() {
    if (publication.isRuledOut()) {
      delete(files.locations());
      if (!mayBeBuried) {
        delete(files.tombstoneLocations());
      }
    } else if (!publication.isPublished() && !files.locations().isEmpty()) {
      LOG.warn(
          "Batch {} of table {} may have been committed: its {} files are left in place; if it was"
              + " not, removing orphan files removes them",
          fence.batch(),
          fence.table().name(),
          files.locations().size());
    }
  }

  // The tombstones are in the same store as the table.
  private void delete(List<String> locations) {
    if (!locations.isEmpty()) {
      CatalogUtil.deleteFiles(fence.table().io(), locations, "unpublished", true);
    }
  }
}
