package dev.firn.engine.phase;

import java.util.Locale;

/** What a merge does, one after the other. */
public enum Phase {
  /** Finding out which raw files are due, and which data files may hold rows of the batch. */
  LIST,
  /** Reading raw files into changes, each task folding its own. */
  READ,
  /** Folding the changes of all tasks by key. */
  FOLD,
  /** Finding the old rows, and judging. */
  SCAN,
  /** Writing rows, deletes and tombstones. */
  WRITE,
  /** Making them the table's newest state. */
  COMMIT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
