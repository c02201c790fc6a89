package dev.firn.etl.verify;

import dev.firn.contract.TableToken;
import java.util.Optional;

/**
 * What became of one table.
 *
 * @param outcome empty for a change log, which has no rows of the source's to compare
 * @param changedSince keys not compared: the lake is past the snapshot with them
 */
record TableResult(TableToken table, Optional<TableComparison.Outcome> outcome, long changedSince) {

  static TableResult changeLog(TableToken table) {
    return new TableResult(table, Optional.empty(), 0);
  }

  boolean isDifferent() {
    return outcome.isPresent() && !outcome.get().isEqual();
  }
}
