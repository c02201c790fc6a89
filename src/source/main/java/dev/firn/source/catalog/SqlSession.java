package dev.firn.source.catalog;

import dev.firn.source.SourceErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ordinary connection to the source. Parameters are sent as texts of unknown type, like SQL
 * literals. Each method takes a description of its purpose, which follows "Cannot" in the message
 * of a failure.
 */
public final class SqlSession implements AutoCloseable {

  private final Connection connection;

  public SqlSession(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row of a result. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public <T> List<T> list(String doing, String sql, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(reader.read(rows));
      }
      return list;
    } catch (SQLException e) {
      throw SourceErrors.working(doing, e);
    }
  }

  public <T> Optional<T> first(
      String doing, String sql, RowReader<T> reader, Object... parameters) {
    return list(doing, sql, reader, parameters).stream().findFirst();
  }

  /** The first column of the only row. */
  public String text(String doing, String sql, Object... parameters) {
    return first(doing, sql, row -> row.getString(1), parameters)
        .orElseThrow(() -> new IllegalStateException("Cannot " + doing + ": no row"));
  }

  public void execute(String doing, String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      statement.execute();
    } catch (SQLException e) {
      throw SourceErrors.working(doing, e);
    }
  }

  /** The server's version as in {@code server_version_num}: 170011. */
  public int version() {
    return Integer.parseInt(text("read the server's version", "SHOW server_version_num"));
  }

  /** Several statements, without parameters. */
  public void executeScript(String doing, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SourceErrors.working(doing, e);
    }
  }

  /** From now on a query that is not answered in this time fails, and ends the session. */
  public SqlSession answeringWithin(Duration time) {
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(time.toMillis()));
      return this;
    } catch (SQLException e) {
      throw SourceErrors.working("set a timeout", e);
    }
  }

  /** For what this class does not do: COPY, fetching page by page. */
  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It broke before: there is nothing left to close.
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, String.valueOf(parameters[i]), Types.OTHER);
    }
    return statement;
  }
}
