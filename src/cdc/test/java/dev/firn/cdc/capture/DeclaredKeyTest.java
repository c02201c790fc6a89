package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.preflight.Finding;
import dev.firn.cdc.preflight.Preflight;
import dev.firn.cdc.source.Source;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table without a primary key, whose key the configuration declares. */
@OnPostgres
class DeclaredKeyTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
    scenario.execute(
        "CREATE TABLE sales (\"row\" bigint, region text, price double precision)",
        "CREATE TABLE other (id int PRIMARY KEY)",
        "CREATE PUBLICATION firn FOR ALL TABLES");
    scenario.captured("sales").keyed("sales", "row");
  }

  @Test
  void eventsHaveTheDeclaredKeyAndItsChangesInAPublicationForAllTables() {
    scenario.execute(
        "ALTER TABLE sales REPLICA IDENTITY FULL", "INSERT INTO sales VALUES (1, 'a', 0.5)");
    scenario.captureOnce();
    scenario.execute(
        "INSERT INTO sales VALUES (2, 'b', NULL)",
        "INSERT INTO other VALUES (1)",
        "UPDATE sales SET region = 'c' WHERE \"row\" = 1",
        "UPDATE sales SET \"row\" = 3 WHERE \"row\" = 2",
        "DELETE FROM sales WHERE \"row\" = 1");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "r {row=1} {row=1, region=a, price=0.5}",
            "c {row=2} {row=2, region=b, price=null}",
            "u {row=1} before {row=1, region=a, price=0.5} {row=1, region=c, price=0.5}",
            "d {row=2} before {row=2, region=b, price=null}",
            "u {row=3} before {row=2, region=b, price=null} {row=3, region=b, price=null}",
            "d {row=1} before {row=1, region=c, price=0.5}"),
        scenario.told("sales"));
    assertEquals(
        2,
        scenario.notices().stream()
            .filter(notice -> notice.contains("not captured: public.other"))
            .count(),
        () -> "once a run: " + scenario.notices());
  }

  @Test
  void anIndexThatCoversItIsEnough() {
    scenario.keyed("sales", "row");
    scenario.execute(
        "ALTER TABLE sales ALTER \"row\" SET NOT NULL, ALTER region SET NOT NULL",
        "CREATE UNIQUE INDEX both_ ON sales (region, \"row\")",
        "ALTER TABLE sales REPLICA IDENTITY USING INDEX both_",
        "INSERT INTO sales VALUES (1, 'a', 0.5)");
    scenario.captureOnce();
    scenario.execute("UPDATE sales SET region = 'b'", "DELETE FROM sales");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "r {row=1} {row=1, region=a, price=0.5}",
            "u {row=1} {row=1, region=b, price=0.5}",
            "d {row=1}"),
        scenario.told("sales"));
  }

  @Test
  void aPartitionThatDoesNotLogItStopsTheTable() {
    scenario.execute(
        "CREATE TABLE parted (n int NOT NULL, k int, v text) PARTITION BY RANGE (n)",
        "ALTER TABLE parted REPLICA IDENTITY FULL",
        "ALTER PUBLICATION firn SET (publish_via_partition_root = true)");
    scenario.captured("parted").keyed("parted", "k");
    scenario.execute("ALTER TABLE sales REPLICA IDENTITY FULL");
    scenario.captureOnce();
    scenario.execute(
        "CREATE TABLE late PARTITION OF parted FOR VALUES FROM (0) TO (10)",
        "ALTER TABLE late ADD PRIMARY KEY (n)",
        "INSERT INTO parted VALUES (1, 1, 'a')",
        "INSERT INTO sales VALUES (1, 'a', 0)");
    scenario.captureOnce();

    assertTrue(
        scenario.notices().stream()
            .anyMatch(
                notice -> notice.contains("partition public.late does not include its key [k]")),
        scenario.notices()::toString);
    assertEquals(List.of("c {row=1} {row=1, region=a, price=0.0}"), scenario.told("sales"));
  }

  @Test
  void preflightFindsWhatSpeaksAgainstIt() {
    assertFinding(
        "its replica identity NOTHING does not send the old values of tables.sales.key: [row]. "
            + "ALTER TABLE public.sales REPLICA IDENTITY FULL;",
        "ALTER TABLE sales REPLICA IDENTITY NOTHING");
    assertFinding(
        "tables.sales.key [row] is not unique: rows with NULL in it: 2, duplicate keys: 1",
        "ALTER TABLE sales REPLICA IDENTITY FULL",
        "INSERT INTO sales VALUES (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'd'), (NULL, 'e')");
    scenario.keyed("sales", "Row");
    assertFinding(
        "tables.sales.key names columns that the table does not have or the publication does not"
            + " send: Row");
  }

  @Test
  void preflightProposesAColumnWhereNoneIsDeclared() {
    scenario.keyed("sales");
    assertFinding(
        "declare the columns that identify a row: tables: { sales: { key: [column] } }",
        "ALTER TABLE sales REPLICA IDENTITY FULL");
    assertFinding(
        "(this column is unique now): tables: { sales: { key: [\"row\"] } }",
        "INSERT INTO sales VALUES (1, 'a'), (2, 'a')");
  }

  private void assertFinding(String expected, String... statements) {
    scenario.execute(statements);
    try (Source source = Source.open(scenario.config().source())) {
      List<String> findings =
          new Preflight(scenario.config())
              .findings(source).stream().map(Finding::toString).toList();
      assertTrue(
          findings.stream().anyMatch(finding -> finding.contains(expected)), findings::toString);
    }
  }
}
