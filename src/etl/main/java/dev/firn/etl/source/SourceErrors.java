package dev.firn.etl.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import java.sql.SQLException;

/** Tells what the operator can mend from what broke (PostgreSQL documentation, "Error Codes"). */
public final class SourceErrors {

  private SourceErrors() {}

  static RuntimeException connecting(SourceConfig source, SQLException failure) {
    String what =
        "Cannot connect to source: %s: %s as %s"
            .formatted(firstLine(failure), source.url(), source.user());
    String remedy =
        switch (state(failure)) {
          case "08001", "08006" ->
              "Check host and port of source.url, and that PostgreSQL accepts connections.";
          case "28P01", "08004" ->
              "Check source.user, and the password in %s."
                  .formatted(source.password().orElse("FIRN_PG_PASSWORD").whereabouts());
          case "28000" ->
              "Check source.user, and that pg_hba.conf lets it in from this machine, over this kind"
                  + " of connection (TLS or not).";
          case "3D000" -> "Check the database's name at the end of source.url.";
          case "53300" -> "Raise max_connections or max_wal_senders, or close other sessions.";
          case "57P03" -> "Wait until PostgreSQL has started.";
          case "42501" -> replication(source);
          default -> "";
        };
    return remedy.isEmpty()
        ? new IllegalStateException(what, failure)
        : new OperatorException(what, remedy, failure);
  }

  /**
   * @param doing what failed, to stand behind "Cannot"
   */
  public static RuntimeException working(String doing, SQLException failure) {
    String what = "Cannot " + doing + ": " + firstLine(failure);
    String remedy =
        switch (state(failure)) {
          case "42501" ->
              "Give the role that privilege: SELECT on the tables, REPLICATION for the slot.";
          case "42P01", "3F000" -> "Check source.tables against the tables of the database.";
          case "53400" -> "Raise max_replication_slots, or drop a slot that nobody uses.";
          // object_not_in_prerequisite_state: of a new slot it is wal_level.
          case "55000" -> "Set wal_level = logical (on RDS: rds.logical_replication = 1), restart.";
          default -> "";
        };
    return remedy.isEmpty()
        ? new IllegalStateException(what, failure)
        : new OperatorException(what, remedy, failure);
  }

  private static String replication(SourceConfig source) {
    String role = QualifiedName.quote(source.user());
    return "Let the role replicate: ALTER ROLE %s REPLICATION (on RDS: GRANT rds_replication TO %s)."
        .formatted(role, role);
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static String firstLine(SQLException failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    String line = message.lines().findFirst().orElse(message);
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
