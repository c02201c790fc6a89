package dev.firn.cdc.snapshot;

/** What the lake may have of a table before its snapshot. */
public enum Lake {
  /** No rows, as far as is recorded. */
  EMPTY,
  /** Rows that may have been deleted in the source since, without an event. */
  HAS_ROWS
}
