package dev.firn.cdc.capture;

import dev.firn.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Has PostgreSQL itself compare rows made of events with those of a table. */
final class SourceRows {

  private final TestDatabase database;

  SourceRows(TestDatabase database) {
    this.database = database;
  }

  /** How many rows are in one of them only, counting equal ones as often as they are there. */
  long differences(String table, Collection<Map<String, Object>> rows) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      Map<String, String> types = columns(connection, table);
      String names = String.join(", ", types.keySet());
      statement.execute(
          "CREATE TEMP TABLE folded AS SELECT %s FROM %s LIMIT 0".formatted(names, table));
      insert(connection, types, rows);
      try (ResultSet count =
          statement.executeQuery(
              """
              SELECT count(*) FROM (
                (SELECT %1$s FROM %2$s EXCEPT ALL SELECT %1$s FROM folded)
                UNION ALL
                (SELECT %1$s FROM folded EXCEPT ALL SELECT %1$s FROM %2$s)) AS different
              """
                  .formatted(names, table))) {
        count.next();
        return count.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot compare " + table + ": " + e.getMessage(), e);
    }
  }

  // Generated columns are not published.
  private static Map<String, String> columns(Connection connection, String table)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT quote_ident(attname), format_type(atttypid, atttypmod)
            FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
            AND attgenerated = '' ORDER BY attnum
            """)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return types;
  }

  private static void insert(
      Connection connection, Map<String, String> types, Collection<Map<String, Object>> rows)
      throws SQLException {
    String values =
        types.values().stream().map(type -> "?::text::" + type).collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO folded VALUES (" + values + ")")) {
      for (Map<String, Object> row : rows) {
        int parameter = 1;
        for (Map.Entry<String, String> column : types.entrySet()) {
          Object value = row.get(unquoted(column.getKey()));
          insert.setString(parameter++, text(value, column.getValue()));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String unquoted(String identifier) {
    return identifier.startsWith("\"")
        ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
        : identifier;
  }

  private static String text(Object value, String type) {
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SourceRows::element).collect(Collectors.joining(",", "{", "}"));
    }
    return type.equals("bytea")
        ? "\\x" + HexFormat.of().formatHex(Base64.getDecoder().decode(value.toString()))
        : value.toString();
  }

  private static String element(Object value) {
    return value == null
        ? "NULL"
        : "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
