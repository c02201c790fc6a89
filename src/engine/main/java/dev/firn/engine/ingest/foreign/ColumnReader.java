package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;

/** How one record carries the values of its columns. */
interface ColumnReader {

  /**
   * The record does not say the value of the column, which is not null but unknown.
   *
   * @param value a missing node where the record does not name the column
   */
  boolean isUnchanged(DeclaredColumn column, JsonNode value);

  /**
   * The value as a change event has it.
   *
   * @param value not null, not missing
   */
  Object read(DeclaredColumn column, JsonNode value);
}
