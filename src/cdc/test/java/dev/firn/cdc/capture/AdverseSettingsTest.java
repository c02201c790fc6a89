package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.AdverseRole;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the role's settings are, the capture runs to its end and writes the same values. */
@OnPostgres
class AdverseSettingsTest {

  /** The copy takes a while. */
  private static final int ROWS = 30_000;

  private static final String COLUMNS =
      "id int PRIMARY KEY, f float8, n numeric, t timestamptz, d date, i interval, b bytea,"
          + " m money, x xml, a text[], c regclass, q text";

  private static final String VALUES =
      ", 0.1::float8 + 0.2, 12.50, '2026-08-05 03:20:00.5+07', '2026-08-05', '1 day -02:03:04',"
          + " '\\x00ff', 12.34, '<a/>', '{NULL,\"a b\"}', 'public.v', E'back\\\\slash')";

  @TempDir Path raw;

  @Test
  void aRoleThatSetsEverythingAgainstUsCapturesTheSameValues(TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw).table("v", COLUMNS).table("wide", "id int, pad text");
    scenario.execute(
        "ALTER TABLE wide ADD PRIMARY KEY (id)",
        "INSERT INTO wide SELECT i, repeat('x', 700) FROM generate_series(1, %d) i".formatted(ROWS),
        "INSERT INTO v VALUES (1" + VALUES);
    scenario.published().captureOnce();
    scenario.execute("INSERT INTO v VALUES (2" + VALUES);
    scenario.captureOnce();

    scenario.as(AdverseRole.create(database)).resnapshot();
    scenario.execute("INSERT INTO v VALUES (3" + VALUES, "UPDATE wide SET pad = 'y'");
    scenario.captureOnce();

    List<Map<String, Object>> images =
        scenario.events().stream()
            .filter(event -> event.table().value().equals("v"))
            .filter(event -> event.operation().writesRow())
            .map(event -> event.row().after())
            .toList();
    assertEquals(5, images.size());
    Set<Map<String, Object>> different =
        images.stream()
            .map(
                image -> {
                  Map<String, Object> values = new HashMap<>(image);
                  values.remove("id");
                  return values;
                })
            .collect(Collectors.toSet());
    assertEquals(1, different.size(), different.toString());
    assertEquals(0, scenario.differences("wide"));
  }

  @Test
  void rangesOfAnEarlierCopyAreForgottenWithoutForeignKeys(TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw).table("sales", "id int PRIMARY KEY").published();
    scenario.captureOnce();
    // As if it had died in a copy, and was then asked for another one.
    scenario.execute(
        "UPDATE firn.captured_table SET complete = false",
        "INSERT INTO firn.snapshot_range SELECT slot, table_schema, table_name, table_oid, 0,"
            + " pg_relation_filenode(table_oid), since, 1, 0 FROM firn.captured_table",
        "INSERT INTO sales VALUES (1)");
    scenario.as(AdverseRole.create(database));

    scenario.resnapshot("public.sales");

    assertEquals("0", scenario.queryText("SELECT count(*) FROM firn.snapshot_range"));
    assertEquals(1, scenario.snapshotRecords("sales").get(1).rows());
    assertEquals(1, scenario.snapshotRecords("sales").get(1).runs().size());
  }
}
