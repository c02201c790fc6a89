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
 * A moment of PostgreSQL, and the LSN that names it: the consistent point of a logical slot, whose
 * exported snapshot shows exactly the transactions that committed before it (PostgreSQL
 * documentation, "Exported Snapshots" of logical decoding). There is no other way to learn both at
 * once. The slot is temporary and gone before the first row is read; it holds no WAL.
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
   * Waits until every transaction that is writing now has ended: before that there is no consistent
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
      // Options without parentheses: the only form that PostgreSQL before 15 knows.
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
          "Cannot take a snapshot of the source: transactions that write were open all the time: %s s"
              .formatted(Math.max(10, wait.toSeconds())),
          "Look for them (SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid IS"
              + " NOT NULL ORDER BY xact_start), or give more time with --wait.",
          e);
    }
    return SourceErrors.working("take a snapshot of the source", failure);
  }

  /** Reads what the snapshot shows, and nothing else. */
  SqlSession sql() {
    return sql;
  }

  /** Before a table: what fails from here on can be left behind. */
  void mark() {
    sql.execute("set a savepoint", "SAVEPOINT before_table");
  }

  /**
   * After a failure, which else would fail all that is asked later; false if the source is gone.
   */
  boolean returnsToMark() {
    try {
      sql.execute("go back to a savepoint", "ROLLBACK TO SAVEPOINT before_table");
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Every transaction that committed before it is seen, none that committed at it or after. */
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
      // It was only read from, and its results are here.
    }
  }

  private record Exported(String snapshot, long lsn) {}
}
