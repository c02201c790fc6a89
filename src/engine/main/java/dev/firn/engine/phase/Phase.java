package dev.firn.engine.phase;

import java.util.Locale;

/** The phases of a merge, in their order. */
public enum Phase {
  /** Listing the pending raw files, and the data files that may contain rows of the batch. */
  LIST,
  /** Reading raw files into changes, folded within each task. */
  READ,
  /** Folding the changes of all tasks by key. */
  FOLD,
  /** Finding the old rows, and judging the changes. */
  SCAN,
  /** Writing rows, deletes and tombstones. */
  WRITE,
  /** Publishing the batch as the table's newest state. */
  COMMIT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
