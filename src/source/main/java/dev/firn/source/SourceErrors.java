package dev.firn.source;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import java.sql.SQLException;

/** Distinguishes failures that the operator can fix (PostgreSQL documentation, "Error Codes"). */
public final class SourceErrors {

  private SourceErrors() {}

  /**
   * @param doing what failed, for use after "Cannot"
   */
  public static RuntimeException working(String doing, SQLException failure) {
    String problem = "Cannot " + doing + ": " + SqlFailures.firstLine(failure);
    String state = SqlFailures.state(failure);
    // A change is decoded with the catalog at its time: a publication that was created after the
    // change does not exist for it, and a retry does not help.
    if (state.equals("42704") && SqlFailures.routine(failure).contains("publication")) {
      return new DecisionException(
          problem + ", at that position of the log",
          "The publication was dropped or created after the slot: run 'firn capture --resnapshot'.");
    }
    String remedy = remedy(state, SqlFailures.routine(failure));
    return remedy.isEmpty()
        ? new SourceException(doing, failure)
        : new OperatorException(problem, remedy, failure);
  }

  private static String remedy(String state, String routine) {
    return switch (state) {
      case "42501" -> "Grant the role that privilege; 'firn preflight' prints the SQL.";
      case "55006" -> "Stop the other session, or choose another name for source.slot.";
      case "42P01", "3F000" -> "Check source.tables against the tables of the database.";
      case "53400" -> "Raise max_replication_slots, or drop an unused slot.";
      // object_not_in_prerequisite_state, which has other reasons too.
      case "55000" ->
          routine.contains("logicaldecoding")
              ? "Set wal_level = logical (on RDS: rds.logical_replication = 1), and restart."
              : "";
      default -> "";
    };
  }
}
