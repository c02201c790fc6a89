package dev.firn.cdc.snapshot;

/** What may be in the lake of a table before its snapshot. */
public enum Lake {
  /** Nothing is known that says otherwise. */
  EMPTY,
  /** Rows that may be gone from the source by now, with no event that says so. */
  HAS_ROWS
}
