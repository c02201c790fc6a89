package dev.firn.cdc.source;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Tells what the operator can mend from what broke (PostgreSQL documentation, "Error Codes"). */
final class SourceErrors {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String OBJECT_IN_USE = "55006";
  private static final String UNDEFINED_OBJECT = "42704";

  private static final String TLS_REMEDY =
      "Connections to other hosts are checked against a certificate (sslmode=verify-full): name the"
          + " file of its authorities as source.ssl_root_certificate (for Amazon RDS:"
          + " https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem), or write another"
          + " sslmode into source.url.";

  private SourceErrors() {}

  static RuntimeException connecting(SourceConfig source, SQLException failure) {
    String remedy = isAboutTls(failure) ? TLS_REMEDY : remedy(source, state(failure));
    return remedy.isEmpty()
        ? new SourceException("connect to " + source.url() + " as " + source.user(), failure)
        : new OperatorException(
            "Cannot connect to source: %s: %s as %s"
                .formatted(reason(failure), source.url(), source.user()),
            remedy,
            failure);
  }

  /**
   * @param doing what failed, to stand behind "Cannot"
   */
  static RuntimeException working(String doing, SQLException failure) {
    String problem = "Cannot " + doing + ": " + firstLine(failure);
    return switch (state(failure)) {
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

  private static String remedy(SourceConfig source, String state) {
    return switch (state) {
      case "08001" -> "Check host and port of source.url, and that PostgreSQL accepts connections.";
      case "28P01", "08004" ->
          "Check source.user, and the password in %s.".formatted(source.password().whereabouts());
      case "28000" ->
          "Check source.user, and that pg_hba.conf lets it in from this machine, over this kind of"
              + " connection (TLS or not).";
      case "3D000" -> "Check the database's name at the end of source.url.";
      case "53300" -> "Raise max_connections or max_wal_senders, or close other sessions.";
      case "57P03" -> "Wait until PostgreSQL has started.";
      case INSUFFICIENT_PRIVILEGE ->
          "Let the role replicate: ALTER ROLE %s REPLICATION (on RDS: GRANT rds_replication TO %s)."
              .formatted(SqlText.identifier(source.user()), SqlText.identifier(source.user()));
      default -> "";
    };
  }

  private static boolean isAboutTls(SQLException failure) {
    if (state(failure).equals("28000")) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException || String.valueOf(cause.getMessage()).contains("SSL")) {
        return true;
      }
    }
    return false;
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static String reason(SQLException failure) {
    return failure.getCause() instanceof UnknownHostException unknown
        ? "there is no such host: " + unknown.getMessage()
        : firstLine(failure);
  }

  private static String firstLine(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    String line = message.lines().findFirst().orElse(message);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
