package dev.firn.etl.source;

import dev.firn.console.OperatorException;
import dev.firn.source.SourceException;
import dev.firn.source.SqlFailures;
import java.sql.SQLException;

/** Tells what the operator can mend from what broke (PostgreSQL documentation, "Error Codes"). */
public final class SourceErrors {

  private SourceErrors() {}

  /**
   * @param doing what failed, to stand behind "Cannot"
   */
  public static RuntimeException working(String doing, SQLException failure) {
    String remedy =
        switch (SqlFailures.state(failure)) {
          case "42501" ->
              "Give the role that privilege: SELECT on the tables, REPLICATION for the slot.";
          case "42P01", "3F000" -> "Check source.tables against the tables of the database.";
          case "53400" -> "Raise max_replication_slots, or drop a slot that nobody uses.";
          // object_not_in_prerequisite_state: of a new slot it is wal_level.
          case "55000" -> "Set wal_level = logical (on RDS: rds.logical_replication = 1), restart.";
          default -> "";
        };
    return remedy.isEmpty()
        ? new SourceException(doing, failure)
        : new OperatorException(
            "Cannot " + doing + ": " + SqlFailures.firstLine(failure), remedy, failure);
  }
}
