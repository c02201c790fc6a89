package dev.firn.etl.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Names types as the schema documents do: a domain is its base type, an array ends in []. */
final class SourceTypes {

  private static final String LOOKUP =
      """
      SELECT CASE WHEN n.nspname = 'pg_catalog' THEN t.typname::text
                  ELSE n.nspname || '.' || t.typname END AS name,
             CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE 0 END AS base,
             coalesce(e.oid, 0) AS element
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_type e ON e.typarray = t.oid
      WHERE t.oid = ?
      """;

  private final Connection connection;
  private final Map<Long, String> names = new HashMap<>();

  SourceTypes(Connection connection) {
    this.connection = connection;
  }

  String name(long oid) throws SQLException {
    String known = names.get(oid);
    if (known == null) {
      known = look(oid);
      names.put(oid, known);
    }
    return known;
  }

  private String look(long oid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOKUP)) {
      statement.setLong(1, oid);
      ResultSet row = statement.executeQuery();
      row.next();
      long base = row.getLong("base");
      long element = row.getLong("element");
      if (base != 0) {
        return name(base);
      }
      return element != 0 ? name(element) + "[]" : row.getString("name");
    }
  }
}
