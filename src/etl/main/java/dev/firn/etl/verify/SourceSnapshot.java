package dev.firn.etl.verify;

import dev.firn.console.OperatorException;
import dev.firn.source.Lsn;
import dev.firn.source.SourceConnections;
import dev.firn.source.SourceErrors;
import dev.firn.source.catalog.SqlSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * A consistent snapshot of PostgreSQL together with its LSN: the consistent point of a logical
 * slot, whose exported snapshot shows exactly the transactions that committed before that LSN
 * (PostgreSQL documentation, "Exported Snapshots" of logical decoding). PostgreSQL offers no other
 * way to get both. The slot is temporary and is dropped before the first row is read, so it retains
 * no WAL.
 */
final class SourceSnapshot implements AutoCloseable {

  private static final String QUERY_CANCELED = "57014";

  private final SqlSession sql;
  private final long lsn;

  private SourceSnapshot(SqlSession sql, long lsn) {
    this.sql = sql;
    this.lsn = lsn;
  }

  /**
   * Waits until all transactions that are writing now have ended: only then is there a consistent
   * point.
   */
  static SourceSnapshot take(SourceConnections connections, Duration wait) {
    Connection connection = connections.sql();
    try (Connection replication = connections.replication()) {
      Exported exported = export(replication, wait);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        statement.execute("SET TRANSACTION SNAPSHOT '%s'".formatted(exported.snapshot()));
      }
      return new SourceSnapshot(new SqlSession(connection), exported.lsn());
    } catch (SQLException | RuntimeException e) {
      closeQuietly(connection);
      throw failure(e, wait);
    }
  }

  private static Exported export(Connection replication, Duration wait) throws SQLException {
    String name = "firn_verify_" + UUID.randomUUID().toString().substring(0, 8);
    try (Statement statement = replication.createStatement()) {
      statement.setQueryTimeout((int) Math.max(10, wait.toSeconds()));
      // Options without parentheses: the only syntax that PostgreSQL before 15 accepts.
      ResultSet row =
          statement.executeQuery(
              "CREATE_REPLICATION_SLOT %s TEMPORARY LOGICAL pgoutput EXPORT_SNAPSHOT"
                  .formatted(name));
      row.next();
      return new Exported(
          row.getString("snapshot_name"), Lsn.parse(row.getString("consistent_point")));
    }
  }

  private static RuntimeException failure(Exception e, Duration wait) {
    if (e instanceof RuntimeException known) {
      return known;
    }
    SQLException failure = (SQLException) e;
    if (QUERY_CANCELED.equals(failure.getSQLState())) {
      return new OperatorException(
          "Cannot take a snapshot of the source: transactions that write stayed open for the whole wait of %s s"
              .formatted(Math.max(10, wait.toSeconds())),
          "Find and end them (SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid"
              + " IS NOT NULL ORDER BY xact_start), or wait longer with --wait.",
          e);
    }
    return SourceErrors.working("take a snapshot of the source", failure);
  }

  /** Reads only what the snapshot shows. */
  SqlSession sql() {
    return sql;
  }

  /** Call this before each table: a later failure can then be rolled back to here. */
  void mark() {
    sql.execute("set a savepoint", "SAVEPOINT before_table");
  }

  /**
   * Call this after a failure, which otherwise would make all later queries fail; false if the
   * connection to the source is lost.
   */
  boolean returnsToMark() {
    try {
      sql.execute("go back to a savepoint", "ROLLBACK TO SAVEPOINT before_table");
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /**
   * The snapshot shows every transaction that committed before this LSN, and none that committed at
   * it or later.
   */
  long lsn() {
    return lsn;
  }

  @Override
  public void close() {
    sql.close();
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The transaction only read, and its results are complete.
    }
  }

  private record Exported(String snapshot, long lsn) {}
}
