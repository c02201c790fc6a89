package dev.firn.etl.merge;

/**
 * Brings the rows of a batch into a table, by the rules of the position guard: an event changes a
 * row only if its position is greater than the row's, than that of the key's tombstone, and than
 * that of the table's last truncation.
 */
interface MergeEngine {

  /**
   * Writes onto the staging branch whatever the batch changes, and the tombstones of its deletes.
   *
   * @return what became of the batch's events, those in quarantine not among them
   */
  Counts stage(TargetTable target, Batch batch, StagedCommit commit);
}
