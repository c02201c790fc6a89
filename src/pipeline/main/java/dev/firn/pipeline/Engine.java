package dev.firn.pipeline;

/** How a batch is brought into a table; {@link #name()} in lower case is how it is written. */
public enum Engine {
  /** Finds the old rows by their keys alone, and writes new rows and deletes beside them. */
  DIRECT,
  /** A {@code MERGE INTO} of Spark SQL: slower, and the reference. */
  SQL
}
