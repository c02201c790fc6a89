package dev.firn.etl.merge;

import dev.firn.etl.phase.Phases;

/**
 * Brings the rows of a batch into a table, by the rules of the position guard: an event changes a
 * row only if its position is greater than the row's, than that of the key's tombstone, and than
 * that of the table's last truncation.
 */
interface MergeEngine {

  /**
   * Writes whatever the batch changes, so that no reader sees any of it.
   *
   * @throws FencedException when another batch is in the table already
   */
  StagedBatch stage(MirrorTable target, Batch batch, BatchCommit commit, Phases phases);
}
