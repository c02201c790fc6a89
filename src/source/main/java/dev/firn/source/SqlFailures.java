package dev.firn.source;

import java.sql.SQLException;
import java.util.Locale;
import org.postgresql.util.PSQLException;

/** The message and the codes of a failure of the driver. */
public final class SqlFailures {

  private SqlFailures() {}

  /** SQLSTATE (PostgreSQL documentation, "Error Codes"); empty if the driver has none. */
  public static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  /** The SQLSTATE of the first SQL failure among the causes; empty if there is none. */
  public static String state(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return state(sql);
      }
    }
    return "";
  }

  /**
   * The function of the server that refused, in lower case: unlike messages it does not depend on
   * the server's language. Empty if the failure is the driver's own.
   */
  static String routine(SQLException failure) {
    return failure instanceof PSQLException refused && refused.getServerErrorMessage() != null
        ? String.valueOf(refused.getServerErrorMessage().getRoutine()).toLowerCase(Locale.ROOT)
        : "";
  }

  /** The first line of the message, for use within a sentence. */
  public static String firstLine(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    String line = message.lines().findFirst().orElse(message);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
