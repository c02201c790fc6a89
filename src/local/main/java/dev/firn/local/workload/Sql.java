package dev.firn.local.workload;

import dev.firn.pipeline.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The text of the workload's statements, and how rows are bound to them. */
final class Sql {

  private Sql() {}

  static String insert(SampleTable table, List<String> columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            table.sqlName(),
            list(columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  static String copy(SampleTable table, List<String> columns) {
    return "COPY %s (%s) FROM STDIN (FORMAT csv)".formatted(table.sqlName(), list(columns));
  }

  static String update(SampleTable table, List<String> columns) {
    return "UPDATE %s SET %s WHERE %s"
        .formatted(table.sqlName(), equalities(columns, ", "), keyCondition(table));
  }

  static String delete(SampleTable table) {
    return "DELETE FROM %s WHERE %s".formatted(table.sqlName(), keyCondition(table));
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Executes a statement that must touch one row: else the script and the database disagree. */
  static void executeForOne(Connection connection, String sql, Row... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int count = bindAll(statement, parameters).executeUpdate();
      if (count != 1) {
        throw new IllegalStateException(
            "Cannot continue the workload: expected to change one row, and changed %s: %s"
                .formatted(count, statement));
      }
    }
  }

  static void bind(PreparedStatement statement, Row row) throws SQLException {
    bindAll(statement, row);
  }

  private static PreparedStatement bindAll(PreparedStatement statement, Row... rows)
      throws SQLException {
    int index = 1;
    for (Row row : rows) {
      for (String value : row.values().values()) {
        statement.setString(index++, value);
      }
    }
    return statement;
  }

  private static String keyCondition(SampleTable table) {
    return equalities(table.keyColumns(), " AND ");
  }

  private static String equalities(List<String> columns, String delimiter) {
    return columns.stream()
        .map(column -> QualifiedName.quote(column) + " = ?")
        .collect(Collectors.joining(delimiter));
  }

  private static String list(List<String> columns) {
    return columns.stream().map(QualifiedName::quote).collect(Collectors.joining(", "));
  }
}
