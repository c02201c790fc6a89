package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import dev.firn.testing.RunsProcesses;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby is promoted while capture is stopped. */
@RunsProcesses
class FailoverTest {

  @TempDir Path folder;
  private TwoClusters clusters;
  private Scenario scenario;

  @BeforeEach
  void start() throws IOException {
    clusters = TwoClusters.start(folder);
    scenario =
        new Scenario(clusters.primary(), folder.resolve("raw"))
            .table("sales", "id int PRIMARY KEY")
            .published();
    scenario.execute("INSERT INTO sales VALUES (1)");
  }

  @AfterEach
  void stop() throws IOException {
    clusters.close();
  }

  @Test
  void aSlotThatTheStandbyKeptContinuesThere() throws IOException {
    scenario.captureOnce();
    awaitKeptSlot();
    scenario.execute("INSERT INTO sales VALUES (2)");

    clusters.failOver();
    clusters.standby().execute("INSERT INTO sales VALUES (3)");
    scenario.through(clusters.standbyPort()).captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "c {id=2} {id=2}", "c {id=3} {id=3}"), scenario.told("sales"));
    assertTrue(
        scenario.notices().stream().anyMatch(n -> n.startsWith("the source is now on timeline 2")));
    assertEquals("2", clusters.standby().queryText("SELECT timeline FROM firn.capture"));

    clusters.loseHistory();
    scenario.captureOnce();
    assertEquals(
        1, scenario.notices().stream().filter(n -> n.contains("is now on timeline 2")).count());
  }

  @Test
  void aSlotThatStayedOnTheOldPrimaryIsRefusedAlsoWhenItIsRecreated() throws IOException {
    scenario.with(withoutFailover()).captureOnce();

    clusters.failOver();
    scenario.through(clusters.standbyPort());

    assertTrue(refusal().contains("it was dropped or lost"));
    clusters
        .standby()
        .execute(
            "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')"
                .formatted(scenario.slot()));
    assertTrue(refusal().contains("on another timeline"));
    scenario.resnapshot();
    assertEquals(List.of("r {id=1} {id=1}", "t", "r {id=1} {id=1}"), scenario.told("sales"));
  }

  @Test
  void aStandbyThatLacksWhatWasSentIsRefusedUntilSomebodyDecides() throws IOException {
    scenario.table("stock", "id int PRIMARY KEY, qty int");
    scenario.execute(
        "ALTER PUBLICATION firn ADD TABLE stock", "INSERT INTO stock VALUES (1, 1), (2, 2)");
    scenario.captureOnce();
    awaitKeptSlot();
    clusters.strand();
    scenario.execute("UPDATE stock SET qty = 100", "INSERT INTO stock VALUES (3, 100)");
    scenario.captureOnce();

    clusters.promote();
    scenario.through(clusters.standbyPort());
    clusters.standby().execute("UPDATE stock SET qty = 7 WHERE id = 1");

    String refusal = refusal();
    assertTrue(refusal.contains("timeline 2 branched off at "), refusal);
    assertTrue(refusal.contains(" were sent. Run 'firn capture --accept-ahead'"), refusal);
    assertTrue(refusal.contains(" AND _lsn >= "), refusal);

    scenario.acceptingAhead();
    assertEquals("7", quantity(1));
    assertEquals("100", quantity(2), "for verify to find");
    clusters.standby().execute("UPDATE stock SET qty = 8 WHERE id = 2");
    scenario.captureOnce();
    assertEquals("8", quantity(2));
    scenario.resnapshot("stock");
    assertEquals(2, Fold.BY_POSITION.rows("stock", scenario.events()).size());
  }

  private String quantity(int id) {
    return Fold.BY_POSITION.rows("stock", scenario.events()).values().stream()
        .filter(row -> String.valueOf(row.get("id")).equals(String.valueOf(id)))
        .map(row -> String.valueOf(row.get("qty")))
        .findFirst()
        .orElseThrow();
  }

  private String refusal() {
    return assertThrows(DecisionException.class, scenario::captureOnce).getMessage();
  }

  /** The standby takes the slot up when it has moved past where the standby began to look. */
  private void awaitKeptSlot() {
    TestDatabase primary = clusters.primary();
    TwoClusters.await(
        clusters.standby(),
        "SELECT coalesce((SELECT synced AND NOT temporary FROM pg_replication_slots"
            + " WHERE slot_name = '%s'), false)".formatted(scenario.slot()),
        () -> {
          primary.queryText("SELECT pg_log_standby_snapshot()");
          scenario.captureOnce();
        });
  }

  private static SourceOptions withoutFailover() {
    return new SourceOptions(
        Authentication.PASSWORD, "", Duration.ofSeconds(30), Duration.ZERO, Failover.OFF);
  }
}
