package dev.firn.etl.verify;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.testing.RawFiles;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.pipeline.TableConfig;
import dev.firn.source.SourceConnections;
import dev.firn.source.catalog.SqlSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Replaces the producer: reads the rows of tables as PostgreSQL's texts, and writes events as the
 * contract has them.
 */
final class TestCapture {

  private final PipelineConfig config;
  private final RawFiles raw;

  TestCapture(PipelineConfig config, RawFiles raw) {
    this.config = config;
    this.raw = raw;
  }

  /** Writes every row of a table as of this position. */
  void capture(SourceTable table, long lsn) throws SQLException {
    try (Connection connection = new SourceConnections(config.source()).sql();
        Statement statement = connection.createStatement()) {
      SchemaDocument schema = schema(connection, table);
      raw.schema(schema);
      ResultSet rows = statement.executeQuery(select(table, schema));
      List<ChangeEvent> events = new ArrayList<>();
      while (rows.next()) {
        events.add(event(schema, rows, new Position(1, lsn, events.size())));
      }
      if (!events.isEmpty()) {
        raw.file(events);
      }
    }
  }

  private SchemaDocument schema(Connection connection, SourceTable table) throws SQLException {
    TableConfig options = config.table(table.token().value());
    SourceShape shape =
        new SourceCatalog(new SqlSession(connection), config.source().publication())
            .shape(table.name(), options);
    Map<String, List<Integer>> modifiers = modifiers(connection, table.name());
    List<Column> columns =
        shape.columns().stream()
            .map(
                column ->
                    new Column(
                        column.name(),
                        column.type(),
                        column.type().startsWith("numeric")
                            ? modifiers.get(column.name())
                            : List.of(),
                        true,
                        shape.key().indexOf(column.name()) + 1))
            .toList();
    return new SchemaDocument(
        table.token(), table.name().toString(), columns, ReplicaIdentity.DEFAULT);
  }

  /** The type modifiers of a numeric, which are in the parentheses of its type. */
  private static Map<String, List<Integer>> modifiers(Connection connection, QualifiedName name)
      throws SQLException {
    Map<String, List<Integer>> modifiers = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      ResultSet row =
          statement.executeQuery(
              "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                  + " WHERE attnum > 0 AND attrelid = '%s'::regclass"
                      .formatted(name.toString().replace("'", "''")));
      while (row.next()) {
        String list = row.getString(2).replaceAll("[^(]*(?:\\(([0-9,-]+)\\))?.*", "$1");
        modifiers.put(
            row.getString(1),
            list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",")).map(Integer::valueOf).toList());
      }
    }
    return modifiers;
  }

  private static String select(SourceTable table, SchemaDocument schema) {
    return schema.columns().stream()
        .map(TestCapture::expression)
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + table.name()));
  }

  private static String expression(Column column) {
    String name = QualifiedName.quote(column.name());
    if (!column.type().endsWith("[]")) {
      return name;
    }
    return ("CASE WHEN %1$s IS DISTINCT FROM NULL THEN"
            + " ARRAY(SELECT CASE WHEN e IS DISTINCT FROM NULL THEN format('%%s', e) END"
            + " FROM (SELECT unnest(%1$s) AS e) AS elements) END")
        .formatted(name);
  }

  private static ChangeEvent event(SchemaDocument schema, ResultSet rows, Position position)
      throws SQLException {
    Map<String, Object> key = new LinkedHashMap<>();
    Map<String, Object> after = new LinkedHashMap<>();
    for (int i = 0; i < schema.columns().size(); i++) {
      Column column = schema.columns().get(i);
      Object value = value(column.type(), rows, i + 1);
      after.put(column.name(), value);
      if (column.isKey()) {
        key.put(column.name(), value);
      }
    }
    return new ChangeEvent(
        schema.version(),
        Operation.READ,
        position,
        Instant.parse("2026-08-05T03:20:00.123456Z"),
        RowImage.written(key, after));
  }

  private static Object value(String type, ResultSet rows, int index) throws SQLException {
    if (!type.endsWith("[]")) {
      return value(type, rows.getString(index));
    }
    if (rows.getArray(index) == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (String element : (String[]) rows.getArray(index).getArray()) {
      values.add(value(type.substring(0, type.length() - 2), element));
    }
    return values;
  }

  private static Object value(String type, String text) {
    if (text == null) {
      return null;
    }
    return switch (type) {
      case "bool" -> text.equals("t");
      case "int2", "int4", "int8", "oid" -> Long.valueOf(text);
      case "float4", "float8" ->
          text.matches("NaN|-?Infinity") ? text : (Object) Double.valueOf(text);
      case "bytea" ->
          Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text.substring(2)));
      case "timestamp" -> text.replace(' ', 'T');
      case "timestamptz" -> text.replace(' ', 'T').replaceAll("\\+00$", "Z");
      default -> text;
    };
  }
}
