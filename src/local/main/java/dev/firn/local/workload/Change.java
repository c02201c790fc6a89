package dev.firn.local.workload;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.postgresql.PGConnection;

/** One statement of a transaction: its SQL, and its effect on a {@link Shop}. */
sealed interface Change {

  void execute(Connection connection) throws SQLException;

  void apply(Shop shop);

  /** Rows of the same columns. */
  record Insert(SampleTable table, List<Row> rows) implements Change {

    static Insert of(SampleTable table, Row row) {
      return new Insert(table, List.of(row));
    }

    @Override
    public void execute(Connection connection) throws SQLException {
      String sql = Sql.insert(table, rows.get(0).columns());
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (Row row : rows) {
          Sql.bind(statement, row);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }

    @Override
    public void apply(Shop shop) {
      rows.forEach(row -> shop.insert(table, row));
    }
  }

  /** Rows of the same columns in one COPY. */
  record Copy(SampleTable table, List<Row> rows) implements Change {

    @Override
    public void execute(Connection connection) throws SQLException {
      String sql = Sql.copy(table, rows.get(0).columns());
      try {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(sql, new StringReader(CsvFile.write(rows)));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot copy into " + table, e);
      }
    }

    @Override
    public void apply(Shop shop) {
      rows.forEach(row -> shop.insert(table, row));
    }
  }

  /**
   * @param values may hold columns of the key
   */
  record Update(SampleTable table, Row key, Row values) implements Change {

    @Override
    public void execute(Connection connection) throws SQLException {
      Sql.executeForOne(connection, Sql.update(table, values.columns()), values, key);
    }

    @Override
    public void apply(Shop shop) {
      shop.update(table, key, values);
    }
  }

  record Delete(SampleTable table, Row key) implements Change {

    @Override
    public void execute(Connection connection) throws SQLException {
      Sql.executeForOne(connection, Sql.delete(table), key);
    }

    @Override
    public void apply(Shop shop) {
      shop.delete(table, key);
    }
  }

  record Truncate(SampleTable table) implements Change {

    @Override
    public void execute(Connection connection) throws SQLException {
      Sql.execute(connection, "TRUNCATE " + table.sqlName());
    }

    @Override
    public void apply(Shop shop) {
      shop.truncate(table);
    }
  }

  /** Existing rows get NULL. */
  record AddColumn(SampleTable table, String column, String type) implements Change {

    @Override
    public void execute(Connection connection) throws SQLException {
      Sql.execute(
          connection, "ALTER TABLE %s ADD COLUMN %s %s".formatted(table.sqlName(), column, type));
    }

    @Override
    public void apply(Shop shop) {
      for (Row row : shop.rows(table)) {
        shop.update(table, table.key(row), Row.of(column, null));
      }
    }
  }

  /** Changes that are rolled back to a savepoint; the transaction continues. */
  record TakenBack(List<Change> changes) implements Change {

    @Override
    public void execute(Connection connection) throws SQLException {
      Savepoint savepoint = connection.setSavepoint();
      for (Change change : changes) {
        change.execute(connection);
      }
      connection.rollback(savepoint);
    }

    @Override
    public void apply(Shop shop) {
      // Nothing happened.
    }
  }
}
