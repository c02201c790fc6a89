package dev.firn.engine.publish;

import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.BatchId;
import org.apache.iceberg.Table;

/**
 * The state of a table when a batch began. The batch is published only if the table is still in
 * that state: Iceberg's own conflict detection does not exclude a second writer
 * (apache/iceberg#12653: two merges that match no row both commit).
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
   * @param predecessor the newest batch when this one was planned
   * @throws FencedException when another batch was already committed
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

  /** The snapshot on which the batch is based. */
  public long base() {
    return base;
  }

  /**
   * Checks the table once: true if the batch is already in it, false if it can still be published.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
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

  /** The table itself shows whether the batch is in it, whatever an attempt reported. */
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
