package dev.firn.source;

import java.sql.SQLException;

/** PostgreSQL refused or aborted a request, and no remedy is known. */
public final class SourceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String state;

  public SourceException(String doing, SQLException cause) {
    super("Cannot " + doing, cause);
    this.state = String.valueOf(cause.getSQLState());
  }

  /** SQLSTATE (PostgreSQL documentation, "Error Codes"). */
  public String state() {
    return state;
  }
}
