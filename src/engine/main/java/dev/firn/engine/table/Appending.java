package dev.firn.engine.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Appends rows to a table by its SQL name. */
public final class Appending {

  private Appending() {}

  public static void append(Dataset<Row> rows, String table) {
    try {
      rows.writeTo(table).append();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(
          "Cannot append rows: the table no longer exists: " + table, e);
    }
  }
}
