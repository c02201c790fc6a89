package dev.firn.engine.publish;

import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.BatchId;
import org.apache.iceberg.Table;

/**
 * Where a table was when a batch began. A batch is published only from there: Iceberg's own
 * conflict detection is no fence against a second writer (apache/iceberg#12653: two merges that
 * match nothing both commit).
 */
public final class Fence {

  private final Table table;
  private final BatchId batch;
  private final String predecessor;
  private final long base;

  private Fence(Table table, BatchId batch, String predecessor) {
    this.table = table;
    this.batch = batch;
    this.predecessor = predecessor;
    this.base = table.currentSnapshot().snapshotId();
  }

  /**
   * @param predecessor the batch the plan was made after
   * @throws FencedException when another batch is there already
   */
  public static Fence raise(Table table, BatchId batch, String predecessor) {
    table.refresh();
    Fence fence = new Fence(table, batch, predecessor);
    fence.checkBatch();
    return fence;
  }

  public Table table() {
    return table;
  }

  public BatchId batch() {
    return batch;
  }

  /** The snapshot the batch is added to. */
  public long base() {
    return base;
  }

  /**
   * Looks at the table once: answers that the batch is in it, or that it can still be published.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when something else was
   */
  boolean isPublishedElseOpen() {
    if (isPublished()) {
      return true;
    }
    checkBatch();
    if (table.currentSnapshot().snapshotId() != base) {
      throw new StaleBaseException(table.name());
    }
    return false;
  }

  /** The table itself says whether the batch is in it, whatever became of an attempt. */
  boolean isPublished() {
    table.refresh();
    return BatchHistory.holds(table, batch.value());
  }

  private void checkBatch() {
    String newest = BatchHistory.of(table).batch();
    if (!newest.equals(predecessor)) {
      throw new FencedException(predecessor, newest);
    }
  }
}
