package dev.firn.engine.batch;

import dev.firn.engine.phase.Phases;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.table.MirrorTable;

/**
 * Merges the rows of a batch into a table, by the rules of the position guard: an event changes a
 * row only if its position is greater than the row's, the position of the key's tombstone, and the
 * position of the table's last truncation.
 */
public interface MergeEngine {

  /**
   * Writes everything that the batch changes, invisible to readers.
   *
   * @throws FencedException when another batch is in the table already
   */
  UnpublishedBatch stage(MirrorTable target, Batch batch, BatchContext commit, Phases phases);
}
