package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.raw.RawPath;
import dev.firn.testing.PostgresExtension;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every type, once through the snapshot and once through the stream: both give the same. */
@ExtendWith(PostgresExtension.class)
class ValuesTest {

  @TempDir Path raw;

  /** A column, the SQL of its value, and what the event has of both. */
  private record Case(String type, String sql, Object value, String declaration) {}

  private static final List<Case> CASES =
      List.of(
          new Case("boolean", "true", true, "bool"),
          new Case("smallint", "-32768", -32768L, "int2"),
          new Case("bigint", "9223372036854775807", Long.MAX_VALUE, "int8"),
          new Case("oid", "4294967295", 4294967295L, "oid"),
          new Case("real", "1.1", 1.1, "float4"),
          new Case("double precision", "0.1::float8 + 0.2::float8", 0.30000000000000004, "float8"),
          new Case("double precision", "'NaN'", "NaN", "float8"),
          new Case("double precision", "'-Infinity'", "-Infinity", "float8"),
          new Case("numeric(14,2)", "87236364", "87236364.00", "numeric(14,2)"),
          new Case("numeric(5,-3)", "1234567", "1235000", "numeric(5,-3)"),
          new Case("numeric", "'1e40'::numeric + 0.01", "1" + "0".repeat(40) + ".01", "numeric"),
          new Case("numeric", "'NaN'", "NaN", "numeric"),
          new Case(
              "text", "E'tab\\t quote\" back\\\\ Huế \\n'", "tab\t quote\" back\\ Huế \n", "text"),
          new Case("varchar(9)", "''", "", "varchar(9)"),
          new Case("char(3)", "'a'", "a  ", "bpchar(3)"),
          new Case("bytea", "'\\x00ff'", "AP8=", "bytea"),
          new Case("date", "'0044-03-15 BC'", "-0043-03-15", "date"),
          new Case("date", "'infinity'", "infinity", "date"),
          new Case("timestamp", "'10000-01-01 00:00'", "+10000-01-01T00:00:00", "timestamp"),
          new Case(
              "timestamptz",
              "'2026-08-05 10:20:00.123456+07'",
              "2026-08-05T03:20:00.123456Z",
              "timestamptz"),
          new Case("time", "'03:20:00.5'", "03:20:00.5", "time"),
          new Case("timetz", "'03:20+07'", "03:20:00+07", "timetz"),
          new Case("interval", "'1 month -2 days 3:04'", "1 mon -2 days +03:04:00", "interval"),
          new Case("json", "'{\"a\" :  1}'", "{\"a\" :  1}", "json"),
          new Case("jsonb", "'{\"a\" :  1}'", "{\"a\": 1}", "jsonb"),
          new Case(
              "uuid",
              "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
              "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
              "uuid"),
          new Case("text[]", "ARRAY['a', NULL, 'b,c']", Arrays.asList("a", null, "b,c"), "text[]"),
          new Case("int[]", "'[2:3]={1,2}'", List.of(1L, 2L), "int4[]"),
          new Case("numeric(14,2)[]", "ARRAY[1, 2.5]", List.of("1.00", "2.50"), "numeric(14,2)[]"),
          new Case("date[]", "ARRAY['2026-08-05'::date]", List.of("2026-08-05"), "date[]"),
          new Case("int[][]", "ARRAY[[1],[2]]", List.of(List.of(1L), List.of(2L)), "int4[]"),
          new Case("mood", "'happy'", "happy", "mood"),
          new Case("mood[]", "ARRAY['happy'::mood]", List.of("happy"), "mood[]"),
          new Case("price", "12.5", "12.50", "numeric(10,2)"),
          new Case("price[]", "ARRAY[1::price]", List.of("1.00"), "numeric(10,2)[]"),
          new Case("inet", "'10.0.0.1/8'", "10.0.0.1/8", "inet"),
          new Case("point", "'(1,2)'", "(1,2)", "point"),
          new Case("int4range", "'[1,5]'", "[1,6)", "int4range"),
          new Case("pair", "ROW(1, 'a b')", "(1,\"a b\")", "pair"),
          new Case("regclass", "'public.t'::regclass", "public.t", "regclass"),
          new Case("bit(3)", "B'101'", "101", "bit"),
          new Case("text", "NULL", null, "text"));

  @Test
  void valuesOfEveryTypeAreTheSameInSnapshotAndStream(TestDatabase database) throws IOException {
    database.execute(
        "CREATE TYPE mood AS ENUM ('happy')",
        "CREATE DOMAIN price AS numeric(10,2)",
        "CREATE TYPE pair AS (n int, t text)",
        // What a role or database prefers must not show.
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Saigon''',"
            + " current_database()); EXECUTE format('ALTER DATABASE %I SET IntervalStyle ="
            + " ''iso_8601''', current_database()); EXECUTE format('ALTER DATABASE %I SET"
            + " bytea_output = ''escape''', current_database()); EXECUTE format('ALTER DATABASE %I"
            + " SET extra_float_digits = -5', current_database()); END $$");
    StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < CASES.size(); i++) {
      columns.append(", c%d %s".formatted(i, CASES.get(i).type()));
      values.append(", ").append(CASES.get(i).sql());
    }
    Scenario scenario = new Scenario(database, raw).table("t", columns.toString()).published();
    scenario.execute("INSERT INTO t VALUES (1" + values + ")");
    scenario.captureOnce();
    scenario.execute("INSERT INTO t VALUES (2" + values + ")");
    scenario.captureOnce();

    assertEquals(expected(), values(scenario.events().get(0)));
    assertEquals(expected(), values(scenario.events().get(1)));
    assertEquals(CASES.stream().map(Case::declaration).toList(), declarations(scenario));
  }

  private static List<Object> expected() {
    List<Object> values = new ArrayList<>();
    CASES.forEach(c -> values.add(c.value()));
    return values;
  }

  private static List<Object> values(ChangeEvent event) {
    return new ArrayList<>(event.row().after().values()).subList(1, CASES.size() + 1);
  }

  private List<String> declarations(Scenario scenario) throws IOException {
    Path document = raw.resolve(RawPath.schemaDocument(scenario.events().get(0).source()));
    return SchemaDocument.parse(Files.readString(document)).columns().stream()
        .skip(1)
        .map(Column::declaration)
        .toList();
  }
}
