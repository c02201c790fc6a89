package dev.firn.engine.publish;

import dev.firn.engine.progress.BatchId;
import dev.firn.engine.progress.SummaryKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * A branch of the table on which a batch is built in several commits, invisible to readers.
 * Publishing moves the main branch to it in one metadata commit, and only if main is still where
 * the batch began: see {@link Fence}.
 */
public final class StagingBranch {

  private static final String PREFIX = "firn_";
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final Table table;
  private final BatchId batch;
  private final PublishLoop publication;

  private StagingBranch(Table table, BatchId batch, Fence fence) {
    this.table = table;
    this.batch = batch;
    this.publication = new PublishLoop(fence);
  }

  /**
   * @param predecessor the newest batch when this one was planned
   * @throws FencedException when another batch was already committed
   */
  public static StagingBranch create(Table table, BatchId batch, String predecessor) {
    Fence fence = Fence.raise(table, batch, predecessor);
    StagingBranch branch = new StagingBranch(table, batch, fence);
    table.manageSnapshots().createBranch(branch.name(), fence.base()).commit();
    return branch;
  }

  /**
   * Removes the branches of dead runs: those older than a day to which main can no longer be moved.
   * A branch that could still be published is kept, whatever its age by the clock.
   */
  public static void removeAbandoned(Table table, Instant now) {
    List<String> abandoned =
        table.refs().keySet().stream()
            .filter(name -> name.startsWith(PREFIX))
            .filter(name -> isOlder(name, now.minus(ABANDONED_AFTER)))
            .filter(name -> !isAheadOfMain(table, name))
            .toList();
    for (String name : abandoned) {
      table.manageSnapshots().removeBranch(name).commit();
    }
  }

  public String name() {
    return name(batch);
  }

  public static String name(BatchId batch) {
    return PREFIX + batch.value();
  }

  /** The snapshot the branch has reached. */
  long head() {
    table.refresh();
    SnapshotRef branch = table.refs().get(name());
    if (branch == null) {
      throw new IllegalStateException(
          "Cannot publish staged batch: its branch was removed by another process: %s. Nothing was changed. Run merge again"
              .formatted(name()));
    }
    return branch.snapshotId();
  }

  /**
   * Ensures that the branch's head names the batch, with an empty commit if nothing was written.
   */
  public void stamp(Map<String, String> summary) {
    Snapshot head = table.snapshot(head());
    if (batch.value().equals(head.summary().get(SummaryKeys.BATCH))) {
      return;
    }
    AppendFiles nothing = table.newFastAppend().toBranch(name());
    summary.forEach(nothing::set);
    nothing.commit();
  }

  /**
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
   */
  public void check() {
    publication.check();
  }

  /**
   * Makes the batch and the table's new progress visible together, or changes nothing.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
   */
  public void publish(NextProgress next) {
    publication.publish(() -> commit(next));
  }

  public boolean isPublished() {
    return publication.isPublished();
  }

  private void commit(NextProgress next) {
    Transaction transaction = table.newTransaction();
    Snapshot head = table.snapshot(name());
    transaction
        .manageSnapshots()
        .fastForwardBranch(SnapshotRef.MAIN_BRANCH, name())
        .removeBranch(name())
        .commit();
    next.writeTo(transaction, head);
    transaction.commitTransaction();
  }

  /** Discards the batch; does nothing if it is published or already discarded. */
  public void drop() {
    table.refresh();
    if (table.refs().containsKey(name())) {
      table.manageSnapshots().removeBranch(name()).commit();
    }
  }

  private static boolean isAheadOfMain(Table table, String branch) {
    return SnapshotUtil.isAncestorOf(
        table, table.refs().get(branch).snapshotId(), table.currentSnapshot().snapshotId());
  }

  private static boolean isOlder(String branch, Instant limit) {
    Optional<Instant> planned = BatchId.plannedAt(branch.substring(PREFIX.length()));
    return planned.isPresent() && planned.get().isBefore(limit);
  }
}
