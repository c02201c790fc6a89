package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class TruncateTest {

  @TempDir Path raw;
  private TestDatabase database;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase empty) {
    database = empty;
    scenario = new Scenario(database, raw);
  }

  @Test
  void aTruncateThatCascadesIsAnEventForEachTable() {
    scenario.table("a", "id int PRIMARY KEY").table("b", "id int PRIMARY KEY REFERENCES a");
    scenario.table("c", "id int PRIMARY KEY").published().captureOnce();

    scenario.execute(
        "INSERT INTO a VALUES (1)",
        "BEGIN; TRUNCATE a, c RESTART IDENTITY CASCADE; INSERT INTO a VALUES (2); COMMIT");
    scenario.captureOnce();

    assertEquals(List.of("c {id=1} {id=1}", "t", "c {id=2} {id=2}"), scenario.told("a"));
    assertEquals(List.of("t"), scenario.told("b"));
    assertEquals(List.of("t"), scenario.told("c"));
    assertEquals(5, scenario.events().stream().map(event -> event.position()).distinct().count());
  }

  @Test
  void aTruncateThatReachesTablesThatAreNotCapturedLeavesThemAlone() {
    scenario.table("a", "id int PRIMARY KEY").published();
    scenario.execute("CREATE TABLE other (id int PRIMARY KEY REFERENCES a)");
    scenario.captureOnce();

    scenario.execute("TRUNCATE a CASCADE");
    scenario.captureOnce();

    assertEquals(List.of("t"), scenario.told("a"));
    assertEquals(1, scenario.events().size());
  }

  @Test
  void aTruncateInsideATransactionComesInItsPlace() {
    scenario.table("a", "id int PRIMARY KEY").published().captureOnce();

    scenario.execute(
        "BEGIN; INSERT INTO a VALUES (1); TRUNCATE a; INSERT INTO a VALUES (1); TRUNCATE a; COMMIT");
    scenario.captureOnce();

    assertEquals(List.of("c {id=1} {id=1}", "t", "c {id=1} {id=1}", "t"), scenario.told("a"));
  }

  @Test
  void aTruncateOfAPartitionedTableIsOneEvent() {
    partitioned();

    scenario.execute("TRUNCATE parts");
    scenario.captureOnce();

    assertEquals(List.of("r {id=1} {id=1}", "r {id=11} {id=11}", "t"), scenario.told("parts"));
  }

  /** PostgreSQL publishes none of it (documentation, CREATE PUBLICATION). */
  @Test
  void whatIsDoneToAPartitionAsATableMakesNoEvent() {
    partitioned();

    scenario.execute("TRUNCATE parts_a", "ALTER TABLE parts DETACH PARTITION parts_b");
    attachThird();
    scenario.captureOnce();

    assertEquals(List.of("r {id=1} {id=1}", "r {id=11} {id=11}"), scenario.told("parts"));
  }

  @Test
  void aPartitionThatWasATableBeforeIsCapturedFromThenOn() {
    // Older servers do not look again whether a table is published that they have met (PostgreSQL
    // 13 and 14, pgoutput.c, rel_sync_cache_relation_cb): until capture connects again.
    ServerVersion.assume(database, 15, "partitions attached under a running capture");
    partitioned();

    attachThird();
    scenario.execute("INSERT INTO parts VALUES (22)");
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "r {id=11} {id=11}", "c {id=22} {id=22}"),
        scenario.told("parts"));
  }

  @Test
  void aPartitionThatWasATableWhileCaptureWasStoppedIsCapturedFromThenOn() {
    partitioned();

    attachThird();
    scenario.captureOnce();
    scenario.execute("INSERT INTO parts VALUES (22)");
    scenario.captureOnce();

    assertEquals("c {id=22} {id=22}", scenario.told("parts").get(2));
  }

  private void attachThird() {
    scenario.execute(
        "CREATE TABLE parts_c (id int PRIMARY KEY)",
        "INSERT INTO parts_c VALUES (21)",
        "ALTER TABLE parts ATTACH PARTITION parts_c FOR VALUES FROM (20) TO (30)");
  }

  private void partitioned() {
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE parts_b PARTITION OF parts FOR VALUES FROM (10) TO (20)",
        "INSERT INTO parts VALUES (1), (11)");
    scenario.captured("parts").published();
    scenario.execute("ALTER PUBLICATION firn SET (publish_via_partition_root = true)");
    scenario.captureOnce();
  }
}
