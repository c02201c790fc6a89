package dev.firn.etl.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.etl.verify.TableVerdict.Compared;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.testing.AdverseRole;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every type, with the values that two systems are likely to write in two ways. */
@OnPostgres
@OnSpark
class VerifyTypesTest {

  private static final List<String> TYPES =
      List.of(
          "CREATE TYPE public.mood AS ENUM ('sad', 'so so', 'happy')",
          "CREATE TYPE public.pair AS (a int, b text)",
          "CREATE DOMAIN public.price AS numeric(14,2) CHECK (value >= 0)",
          "CREATE DOMAIN public.prices AS public.price[]");

  /** Since PostgreSQL 15 a scale may be negative, or more than the precision. */
  private static final Set<String> ANY_SCALE = Set.of("numeric(3,-2)", "numeric(2,5)");

  private static final Set<String> KEYS =
      Set.of(
          "bool",
          "numeric(14,2)",
          "timestamptz",
          "bytea",
          "text",
          "char(6)",
          "uuid",
          "public.mood",
          "date");

  private static Stream<List<String>> columns() {
    return Stream.of(
        column("bool", "true", "false"),
        column("int2", "-32768", "0"),
        column("int4", "2147483647", "-1"),
        column("int8", "9223372036854775807", "-9223372036854775808"),
        column("oid", "4294967295"),
        column("numeric(14,2)", "87236364.00", "-0.10", "0", "100"),
        column("numeric(38,0)", "99999999999999999999999999999999999999"),
        column("numeric(3,-2)", "12300"),
        column("numeric(2,5)", "0.00012"),
        column("numeric", "0.000000001", "100", "1e20", "-12345678901234567890.1234567890"),
        column(
            "float4", "'NaN'", "'-Infinity'", "0.1", "1e-40", "'-0'", "16777217", "3.4028235e38"),
        column(
            "float8",
            "'NaN'",
            "'Infinity'",
            "0.1",
            "5e-324",
            "'-0'",
            "1e21",
            "0.30000000000000004"),
        column("date", "'infinity'", "'-infinity'", "'1582-10-10'", "'0001-01-01'", "'9999-12-31'"),
        column(
            "timestamp",
            "'infinity'",
            "'-infinity'",
            "'1582-10-10 12:00:00.5'",
            "'2024-02-29 23:59:59.000001'",
            "'0001-01-01 00:00:00'",
            "'9999-12-31 23:59:59.999999'"),
        column(
            "timestamptz",
            "'infinity'",
            "'-infinity'",
            "'1883-11-18 12:00:00 America/New_York'",
            "'2026-08-05 03:20:00.123+07'",
            "'0001-01-01 00:00:00+00'"),
        column("bytea", "''", "'\\x00ff7f80'"),
        column(
            "text",
            "''",
            "'NULL'",
            "'null'",
            "' '",
            "'a,b'",
            "'{}'",
            "'\"'",
            "'\\'",
            "E'\\n\\t\\v'",
            "'Đắk Lắk'",
            "'😀'",
            "E'\\u00a0'"),
        column("varchar(10)", "'trailing  '"),
        column("char(6)", "'ab'", "''"),
        column("\"char\"", "'x'"),
        column("name", "'n'"),
        column("json", "'{\"b\" : 1,  \"a\":[1.0, null]}'"),
        column("jsonb", "'{\"b\" : 1,  \"a\":[1.0, null]}'"),
        column("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"),
        column("time", "'24:00:00'", "'04:05:06.700'"),
        column("timetz", "'04:05:06.7+05:30'"),
        column("interval", "'1 year 2 mons -3 days 04:05:06.007'", "'-1 s'"),
        column("inet", "'192.168.0.1'", "'192.168.0.1/24'", "'::1'"),
        column("cidr", "'10.0.0.0/8'"),
        column("macaddr", "'08:00:2b:01:02:03'"),
        column("point", "'(0.1,-0)'"),
        column("box", "'(1,2),(3,4)'"),
        column("int4range", "'[1,10)'", "'empty'"),
        column("tsvector", "'a:1 b:2'"),
        column("bit(5)", "B'10101'"),
        column("money", "12.34"),
        column("xml", "'<a>b</a>'"),
        column("pg_lsn", "'16/B374D848'"),
        column("public.mood", "'so so'"),
        column("public.pair", "ROW(1, 'x \"y\"')", "ROW(NULL, NULL)"),
        column("public.price", "1.50"),
        column("public.prices", "'{1.50,NULL,2}'", "'{}'"),
        column("int4[]", "'{}'", "'{1,NULL,-3}'", "'[2:3]={5,6}'"),
        column("text[]", "'{}'", "'{\"\",NULL,\"NULL\",\"a,b\",\"{}\",\"\\\"\"}'", "'{NULL}'"),
        column("numeric(14,2)[]", "'{1.10,-2.00}'"),
        column("float8[]", "'{NaN,-0,0.1,Infinity}'"),
        column("bool[]", "'{t,f,NULL}'"),
        column("date[]", "'{2024-02-29,infinity}'"),
        column("timestamptz[]", "'{\"2026-08-05 03:20:00.5+07\",-infinity}'"),
        column("bytea[]", "ARRAY['\\x00'::bytea, '']"),
        column("char(3)[]", "'{a,NULL}'"),
        column("inet[]", "'{10.0.0.1}'"),
        column("jsonb[]", "ARRAY['{\"a\": 1}'::jsonb]"),
        column("public.mood[]", "'{\"so so\",sad}'"),
        column(
            "public.pair[]", "ARRAY[ROW(1, 'x')::public.pair, NULL, ROW(NULL, NULL)::public.pair]"),
        column("public.price[]", "'{1.50}'"),
        column("box[]", "'{(1,1),(0,0);(3,3),(2,2)}'"));
  }

  private static List<String> column(String type, String... values) {
    return Stream.concat(Stream.of(type), Stream.of(values)).toList();
  }

  @Test
  void everyTypeIsEqualOnBothSides(TestDatabase database, TestLake lake) throws Exception {
    boolean hasAnyScale = ServerVersion.of(database).isAtLeast(15);
    List<List<String>> columns =
        columns().filter(column -> hasAnyScale || !ANY_SCALE.contains(column.get(0))).toList();
    StringBuilder create = new StringBuilder("CREATE TABLE everything (id int PRIMARY KEY");
    for (int i = 0; i < columns.size(); i++) {
      create.append(", c").append(i).append(' ').append(columns.get(i).get(0));
    }
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, "public.everything"),
            Stream.of(
                    TYPES.stream(),
                    Stream.of(create.append(")").toString()),
                    rows(columns).stream())
                .flatMap(statements -> statements)
                .toArray(String[]::new));

    VerifyReport report = scenario.capture().merge().verify();

    assertEquals(0, report.exitCode(), report.render());
    assertEquals(rows(columns).size(), ((Compared) report.tables().get(0)).outcome().lake().rows());
  }

  /** A row a value, all other columns null, and one that is all null. */
  private static List<String> rows(List<List<String>> columns) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      for (String value : columns.get(i).subList(1, columns.get(i).size())) {
        rows.add(
            "INSERT INTO everything (id, c%d) VALUES (%d, %s)".formatted(i, rows.size(), value));
      }
    }
    rows.add("INSERT INTO everything (id) VALUES (-1)");
    return rows;
  }

  @Test
  void aRoleThatSetsEverythingAgainstUsComparesTheSameValues(TestDatabase database, TestLake lake)
      throws Exception {
    PipelineConfig config = lake.pipeline(database, "public.v");
    VerifyScenario scenario =
        VerifyScenario.of(
                database,
                lake,
                config,
                "CREATE TABLE v (id int PRIMARY KEY, f float8, n numeric(9,2), t timestamptz, d date,"
                    + " i interval, b bytea, m money, x xml, a text[], c regclass, q text)",
                "INSERT INTO v VALUES (1, 0.1::float8 + 0.2, 12.50, '2026-08-05 03:20:00.5+07',"
                    + " '2026-08-05', '1 day -02:03:04', '\\x00ff', 12.34, '<a/>',"
                    + " '{NULL,\"a b\"}', 'public.v', 'back\\slash')")
            .capture()
            .merge();

    VerifyReport report = scenario.verifyAs(AdverseRole.create(database));

    assertEquals(0, report.exitCode(), report.render());
  }

  @Test
  void everyTypeOfKeyFindsItsRow(TestDatabase database, TestLake lake) throws Exception {
    List<List<String>> keys = columns().filter(column -> KEYS.contains(column.get(0))).toList();
    List<String> statements = new ArrayList<>(TYPES);
    List<String> tables = new ArrayList<>();
    for (List<String> key : keys) {
      String table = "public.keyed" + tables.size();
      tables.add(table);
      statements.add(
          "CREATE TABLE %s (k %s, n int, PRIMARY KEY (n, k))".formatted(table, key.get(0)));
      // An infinity is the last or first moment in the lake: as keys they would be one.
      key.stream()
          .skip(1)
          .filter(value -> !value.contains("infinity"))
          .forEach(
              value -> statements.add("INSERT INTO %s VALUES (%s, 1)".formatted(table, value)));
    }
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, tables.toArray(String[]::new)),
            statements.toArray(String[]::new));
    scenario.capture().merge();
    VerifyReport equal = scenario.verify();
    assertEquals(0, equal.exitCode(), equal.render());

    for (int i = 0; i < tables.size(); i++) {
      lake.query("UPDATE " + lake.table("keyed" + i) + " SET n = 2");
    }
    VerifyReport report = scenario.verify();

    assertTrue(
        report.render().contains("verify: %1$d of %1$d tables differ".formatted(tables.size())),
        report.render());
    assertFalse(report.render().contains(": different:"), report.render());
  }
}
