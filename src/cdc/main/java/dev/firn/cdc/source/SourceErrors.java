package dev.firn.cdc.source;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.source.SourceException;
import dev.firn.source.SqlFailures;
import java.sql.SQLException;

/** Tells what the operator can mend from what broke (PostgreSQL documentation, "Error Codes"). */
final class SourceErrors {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String OBJECT_IN_USE = "55006";
  private static final String UNDEFINED_OBJECT = "42704";

  private SourceErrors() {}

  /**
   * @param doing what failed, to stand behind "Cannot"
   */
  static RuntimeException working(String doing, SQLException failure) {
    String problem = "Cannot " + doing + ": " + SqlFailures.firstLine(failure);
    return switch (SqlFailures.state(failure)) {
      case INSUFFICIENT_PRIVILEGE ->
          new OperatorException(
              problem,
              "Give the role that privilege; 'firn preflight' prints the SQL for each.",
              failure);
      case OBJECT_IN_USE ->
          new OperatorException(
              problem, "Stop the other session, or choose another name for source.slot.", failure);
      case UNDEFINED_OBJECT -> undefined(problem, failure);
      default -> new SourceException(doing, failure);
    };
  }

  // The log is read with the catalog of its own time: a publication made later than the change is
  // not there yet, and never will be.
  private static RuntimeException undefined(String problem, SQLException failure) {
    return problem.contains("publication")
        ? new DecisionException(
            problem + ", at that place of the log",
            "It was dropped, or made after the slot: run 'firn capture --resnapshot'.")
        : new SourceException(problem.substring("Cannot ".length()), failure);
  }
}
