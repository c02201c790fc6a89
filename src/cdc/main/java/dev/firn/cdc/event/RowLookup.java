package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Tuple;

/** Asks the source for what the log left out. */
public interface RowLookup {

  /**
   * The row with its unchanged columns as they are now, found by the key it has; as it was given
   * when there is no such row any more.
   */
  Tuple completed(TableShape shape, Tuple row);
}
