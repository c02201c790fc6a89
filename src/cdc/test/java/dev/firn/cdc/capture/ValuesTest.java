package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.cdc.capture.TypeCases.ColumnType;
import dev.firn.cdc.capture.TypeCases.TypeCase;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.raw.RawPath;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every value of types.txt, through the snapshot, the stream, and the old row of a delete: all give
 * the same. A column for each type and one for its array, a row for each value.
 */
@OnPostgres
class ValuesTest {

  /** What text a value has depends on these. */
  private static final String PINNED =
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres';"
          + " SET extra_float_digits = 1; SET bytea_output = 'hex'; SET search_path = pg_catalog";

  /** What the database prefers, and must not show. */
  private static final List<String> PREFERENCES =
      List.of(
          "TimeZone = 'Asia/Saigon'",
          "DateStyle = 'German'",
          "IntervalStyle = 'iso_8601'",
          "bytea_output = 'escape'",
          "extra_float_digits = -5",
          "xmloption = 'document'");

  // Without the types of the catalogs' own rows.
  private static final String TYPES_OF_COLUMNS =
      """
      SELECT t.oid::regtype::text FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_type e ON e.typarray = t.oid
      WHERE n.nspname IN ('pg_catalog', 'information_schema') AND t.typtype IN ('b', 'd', 'e', 'm', 'r')
        AND t.typisdefined AND coalesce(e.typtype, 'b') NOT IN ('c', 'p')
        AND t.oid NOT IN (SELECT atttypid FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0)
      ORDER BY 1
      """;

  /** PostgreSQL reads no text as such a value: only its own catalogs have some. */
  private static final List<String> WITHOUT_VALUES =
      List.of(
          "gtsvector",
          "gtsvector[]",
          "pg_brin_bloom_summary",
          "pg_brin_minmax_multi_summary",
          "pg_ddl_command",
          "pg_dependencies",
          "pg_mcv_list",
          "pg_ndistinct",
          "pg_node_tree");

  @TempDir Path raw;
  private TestDatabase database;
  private TypeCases cases;
  private Scenario scenario;

  @BeforeEach
  void table(TestDatabase empty) {
    database = empty;
    cases = TypeCases.in(database);
    for (String preference : PREFERENCES) {
      database.execute(
          "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET %s'; END $$"
              .formatted(preference.replace("'", "''")));
    }
    StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
    for (int i = 0; i < columns().size(); i++) {
      columns.append(", c%d %s".formatted(i, columns().get(i).name()));
    }
    scenario = new Scenario(database, raw).table("t", columns.toString()).published();
    scenario.execute("ALTER TABLE t REPLICA IDENTITY FULL");
  }

  @Test
  void valuesOfEveryTypeAreTheSameInSnapshotAndStream(TestReporter reporter)
      throws IOException, SQLException {
    cases.leftOut().forEach(reason -> reporter.publishEntry("left out", reason));
    int count = cases.all().size();
    insert(0);
    scenario.captureOnce();
    insert(count);
    List<Object> expected = expected(count);
    scenario.execute("DELETE FROM t WHERE id >= " + count);
    scenario.captureOnce();

    List<ChangeEvent> events = scenario.events();
    assertEquals(3 * count, events.size());
    assertEquals(List.of(), differences(byId(events.subList(0, count)), expected));
    assertEquals(List.of(), differences(byId(events.subList(count, 2 * count)), expected));
    assertEquals(List.of(), differences(byId(events.subList(2 * count, 3 * count)), expected));
    assertEquals(
        columns().stream().map(ColumnType::declaration).toList(), declarations(events.get(0)));
    assertEquals(1, events.stream().map(event -> event.source().fingerprint()).distinct().count());
  }

  @Test
  void everyTypeThatAColumnCanHaveHasACase() throws SQLException {
    List<String> without = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TYPES_OF_COLUMNS)) {
      while (rows.next()) {
        without.add(rows.getString(1));
      }
    }
    without.removeAll(WITHOUT_VALUES);

    assertEquals(List.of(), without);
  }

  /** The types, and behind them the arrays of those that are none. */
  private List<ColumnType> columns() {
    List<ColumnType> columns = new ArrayList<>(cases.types());
    cases.types().stream()
        .filter(type -> !type.isArray())
        .map(ColumnType::array)
        .forEach(columns::add);
    return columns;
  }

  private void insert(int firstId) {
    List<String> inserts = new ArrayList<>();
    for (TypeCase value : cases.all()) {
      int column = columns().indexOf(value.type());
      int array = columns().lastIndexOf(value.type().array());
      int id = firstId + inserts.size();
      inserts.add(
          value.type().isArray()
              ? "INSERT INTO t (id, c%d) VALUES (%d, %s)".formatted(column, id, value.sql())
              : "INSERT INTO t (id, c%d, c%d) VALUES (%d, %s, %s)"
                  .formatted(column, array, id, value.sql(), value.inArray()));
    }
    database.execute(String.join(";", inserts));
  }

  private List<Object> expected(int firstId) throws SQLException {
    List<Object> expected = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(PINNED);
      for (TypeCase value : cases.all()) {
        if (value.expected().isPresent()) {
          expected.add(value.expected().get());
          continue;
        }
        String text =
            "SELECT format('%%s', c%d) FROM public.t WHERE id = %d"
                .formatted(columns().indexOf(value.type()), firstId + expected.size());
        try (ResultSet row = statement.executeQuery(text)) {
          row.next();
          expected.add(row.getString(1));
        }
      }
    }
    return expected;
  }

  private List<String> differences(List<ChangeEvent> events, List<Object> expected) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      TypeCase value = cases.all().get(i);
      Map<String, Object> before = events.get(i).row().before();
      Map<String, Object> row = before.isEmpty() ? events.get(i).row().after() : before;
      compare(value.toString(), row.get("c" + columns().indexOf(value.type())), expected.get(i))
          .forEach(differences::add);
      if (!value.type().isArray()) {
        Object array = row.get("c" + columns().lastIndexOf(value.type().array()));
        compare(value + " in an array", array, Arrays.asList(expected.get(i), null))
            .forEach(differences::add);
      }
    }
    return differences;
  }

  // A heap is in no order.
  private static List<ChangeEvent> byId(List<ChangeEvent> events) {
    return events.stream()
        .sorted(Comparator.comparing(event -> (Long) event.row().key().get("id")))
        .toList();
  }

  private static List<String> compare(String value, Object found, Object expected) {
    return expected.equals(found)
        ? List.of()
        : List.of("%s: %.200s, but it was %.200s".formatted(value, expected, found));
  }

  private List<String> declarations(ChangeEvent event) throws IOException {
    Path document = raw.resolve(RawPath.schemaDocument(event.source()));
    return SchemaDocument.parse(Files.readString(document)).columns().stream()
        .skip(1)
        .map(Column::declaration)
        .toList();
  }
}
