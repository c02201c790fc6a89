package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Tuple;

/** Reads values from the source that the log does not contain. */
public interface RowLookup {

  /**
   * The row with the current values of its unchanged columns, found by its key; the row as given if
   * it no longer exists.
   */
  Tuple completed(TableShape shape, Tuple row);
}
