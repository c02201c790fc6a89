package dev.firn.pipeline;

/** How a batch is merged into a table; the configuration uses {@link #name()} in lower case. */
public enum Engine {
  /** Finds the old rows by their keys alone, and appends new rows and deletes. */
  DIRECT,
  /** A {@code MERGE INTO} of Spark SQL: slower; the reference implementation. */
  SQL
}
