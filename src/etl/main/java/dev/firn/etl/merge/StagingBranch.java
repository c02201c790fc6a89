package dev.firn.etl.merge;

import dev.firn.etl.progress.SummaryKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * A branch of the table on which a batch is made, unseen by readers, in as many commits as it
 * takes. Publishing moves the main branch onto it in one metadata commit, and only if main still is
 * where the batch began: see {@link Fence}.
 */
final class StagingBranch {

  private static final String PREFIX = "firn_";
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);
  private static final int ATTEMPTS = 5;

  private final Table table;
  private final BatchId batch;
  private final Fence fence;

  private StagingBranch(Table table, BatchId batch, Fence fence) {
    this.table = table;
    this.batch = batch;
    this.fence = fence;
  }

  /**
   * @param predecessor the batch the plan was made after
   * @throws FencedException when another batch is there already
   */
  static StagingBranch create(Table table, BatchId batch, String predecessor) {
    Fence fence = Fence.raise(table, batch, predecessor);
    StagingBranch branch = new StagingBranch(table, batch, fence);
    table.manageSnapshots().createBranch(branch.name(), fence.base()).commit();
    return branch;
  }

  /** Removes what runs that died have left, once nobody can be working on it any more. */
  static void removeAbandoned(Table table, Instant now) {
    List<String> abandoned =
        table.refs().keySet().stream()
            .filter(name -> name.startsWith(PREFIX))
            .filter(name -> isOlder(name, now.minus(ABANDONED_AFTER)))
            .toList();
    for (String name : abandoned) {
      table.manageSnapshots().removeBranch(name).commit();
    }
  }

  String name() {
    return name(batch);
  }

  static String name(BatchId batch) {
    return PREFIX + batch.value();
  }

  /** The snapshot the branch has reached. */
  long head() {
    table.refresh();
    return table.refs().get(name()).snapshotId();
  }

  /**
   * Sees to it that the branch's head names the batch, by an empty commit if nothing was written.
   */
  void stamp(Map<String, String> summary) {
    Snapshot head = table.snapshot(head());
    if (batch.value().equals(head.summary().get(SummaryKeys.BATCH))) {
      return;
    }
    AppendFiles nothing = table.newFastAppend().toBranch(name());
    summary.forEach(nothing::set);
    nothing.commit();
  }

  /**
   * Makes the batch the table's newest state, all of it or nothing.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when something else was
   */
  void publish() {
    for (int attempt = 1; ; attempt++) {
      fence.check();
      try {
        table
            .manageSnapshots()
            .fastForwardBranch(SnapshotRef.MAIN_BRANCH, name())
            .removeBranch(name())
            .commit();
        return;
      } catch (CommitStateUnknownException e) {
        // Nothing is guessed: the table itself says whether the batch is in it.
        if (fence.isPublished()) {
          return;
        }
        throw e;
      } catch (CommitFailedException e) {
        // Something about the table changed, perhaps not main: look again.
        if (fence.isPublished()) {
          return;
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Gives the batch up; does nothing when it is published or gone. */
  void drop() {
    table.refresh();
    if (table.refs().containsKey(name())) {
      table.manageSnapshots().removeBranch(name()).commit();
    }
  }

  private static boolean isOlder(String branch, Instant limit) {
    Optional<Instant> planned = BatchId.plannedAt(branch.substring(PREFIX.length()));
    return planned.isPresent() && planned.get().isBefore(limit);
  }
}
