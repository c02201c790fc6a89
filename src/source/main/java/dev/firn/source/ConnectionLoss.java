package dev.firn.source;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/**
 * Recognizes failures that a new connection may fix: a broken network, a server that restarts or
 * fails over, a slot that the server still considers in use by the lost connection.
 */
public final class ConnectionLoss {

  // PostgreSQL documentation, "Error Codes".
  private static final Set<String> PASSING =
      Set.of(
          "08000", // connection_exception
          "08001", // sqlclient_unable_to_establish_sqlconnection
          "08003", // connection_does_not_exist
          "08006", // connection_failure
          "08007", // transaction_resolution_unknown
          "57P01", // admin_shutdown
          "57P02", // crash_shutdown
          "57P03", // cannot_connect_now
          "57P05", // idle_session_timeout
          "28P01", // invalid_password: the secret is being rotated
          "53300", // too_many_connections
          "55006", // object_in_use
          "25006"); // read_only_sql_transaction: a standby that is not promoted yet

  private ConnectionLoss() {}

  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return PASSING.contains(sql.getSQLState());
      }
      // A failure of the output's network: the source may be unreachable over the same network.
      if (cause instanceof SocketException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
