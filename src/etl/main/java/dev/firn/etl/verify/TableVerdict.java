package dev.firn.etl.verify;

import dev.firn.contract.TableToken;

/** The result for one table. */
sealed interface TableVerdict {

  TableToken table();

  /**
   * The table was compared row by row.
   *
   * @param changedSince keys not compared, because the lake already has later changes of them
   */
  record Compared(TableToken table, TableComparison.Outcome outcome, long changedSince)
      implements TableVerdict {}

  /** The table has no key: the lake keeps its changes, so there are no rows to compare. */
  record ChangeLog(TableToken table) implements TableVerdict {}

  /** This table could not be compared; the others were. */
  record NotCompared(TableToken table, String reason) implements TableVerdict {}
}
