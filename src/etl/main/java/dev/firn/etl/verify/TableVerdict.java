package dev.firn.etl.verify;

import dev.firn.contract.TableToken;

/** What became of one table. */
sealed interface TableVerdict {

  TableToken table();

  /**
   * It was compared, row by row.
   *
   * @param changedSince keys not compared: the lake is past the snapshot with them
   */
  record Compared(TableToken table, TableComparison.Outcome outcome, long changedSince)
      implements TableVerdict {}

  /** It has no key: the lake has its changes, and no rows of the source's to compare. */
  record ChangeLog(TableToken table) implements TableVerdict {}

  /** It could not be compared; the others were. */
  record NotCompared(TableToken table, String reason) implements TableVerdict {}
}
