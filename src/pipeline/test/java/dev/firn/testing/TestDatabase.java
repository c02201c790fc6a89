package dev.firn.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An empty database on a real PostgreSQL; its replication slots are dropped at the end, so that
 * many tests share a server.
 *
 * @param url without user and password; any password is right
 */
public record TestDatabase(String url) implements AutoCloseable {

  public static final String USER = "postgres";

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, USER, "");
  }

  public void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot execute on test database: " + e.getMessage(), e);
    }
  }

  /** The first column of the first row, as text. */
  public String queryText(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot query test database: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    execute(
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE database = current_database() AND NOT active");
  }
}
