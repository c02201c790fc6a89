package dev.firn.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Explains a failed connection to the source, with the remedy if the operator can fix it. */
final class ConnectFailures {

  private static final String TLS_REMEDY =
      "Connections to other hosts verify the server's certificate (sslmode=verify-full): set"
          + " source.ssl_root_certificate to the file of its certificate authorities (for Amazon"
          + " RDS: https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem), or set another"
          + " sslmode in source.url.";

  private ConnectFailures() {}

  static RuntimeException explain(SourceConfig source, SQLException failure) {
    String remedy = isAboutTls(failure) ? TLS_REMEDY : remedy(source, SqlFailures.state(failure));
    return remedy.isEmpty()
        ? new SourceException("connect to " + source.url() + " as " + source.user(), failure)
        : new OperatorException(
            "Cannot connect to source: %s: %s as %s"
                .formatted(reason(failure), source.url(), source.user()),
            remedy,
            failure);
  }

  private static String remedy(SourceConfig source, String state) {
    return switch (state) {
      case "08001", "08006" ->
          "Check host and port of source.url, and that PostgreSQL accepts connections.";
      case "28P01", "08004" ->
          "Check source.user, and the password in %s.".formatted(source.password().whereabouts());
      case "28000" ->
          "Check source.user, and that pg_hba.conf allows it from this machine, over this kind of"
              + " connection (TLS or not).";
      case "3D000" -> "Check the database's name at the end of source.url.";
      case "53300" -> "Raise max_connections or max_wal_senders, or close other sessions.";
      case "57P03" -> "Wait until PostgreSQL has started.";
      case "42501" -> "As a superuser: " + replication(source);
      default -> "";
    };
  }

  private static SqlRemedy replication(SourceConfig source) {
    return source.isOnRds()
        ? SqlRemedy.replicationOnRds(source.user())
        : SqlRemedy.replication(source.user());
  }

  private static boolean isAboutTls(SQLException failure) {
    if (SqlFailures.state(failure).equals("28000")) {
      return false;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException || String.valueOf(cause.getMessage()).contains("SSL")) {
        return true;
      }
    }
    return false;
  }

  private static String reason(SQLException failure) {
    return failure.getCause() instanceof UnknownHostException unknown
        ? "there is no such host: " + unknown.getMessage()
        : SqlFailures.firstLine(failure);
  }
}
