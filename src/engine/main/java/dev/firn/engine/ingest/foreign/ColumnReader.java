package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the values of the columns from one record. */
interface ColumnReader {

  /**
   * Whether the record does not contain the column's value: it is unknown, not null.
   *
   * @param value a missing node if the record does not contain the column
   */
  boolean isUnchanged(DeclaredColumn column, JsonNode value);

  /**
   * The value in the form of a change event.
   *
   * @param value not null, not missing
   */
  Object read(DeclaredColumn column, JsonNode value);
}
