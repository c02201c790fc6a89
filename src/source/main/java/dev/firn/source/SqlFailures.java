package dev.firn.source;

import java.sql.SQLException;
import java.util.Locale;
import org.postgresql.util.PSQLException;

/** What a failure of the driver says. */
public final class SqlFailures {

  private SqlFailures() {}

  /** SQLSTATE (PostgreSQL documentation, "Error Codes"); empty where the driver knows none. */
  public static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  /** The state of what PostgreSQL refused, wherever it is among the causes; empty without one. */
  public static String state(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return state(sql);
      }
    }
    return "";
  }

  /**
   * The function of the server that refused, in small letters: messages are in the server's
   * language, this is not. Empty where the failure is the driver's own.
   */
  static String routine(SQLException failure) {
    return failure instanceof PSQLException refused && refused.getServerErrorMessage() != null
        ? String.valueOf(refused.getServerErrorMessage().getRoutine()).toLowerCase(Locale.ROOT)
        : "";
  }

  /** Its first line, to stand within a sentence. */
  public static String firstLine(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    String line = message.lines().findFirst().orElse(message);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
