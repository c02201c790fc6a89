package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby is promoted while capture stands. */
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
  void aSlotThatTheStandbyKeptGoesOnThere() throws IOException {
    scenario.captureOnce();
    awaitKeptSlot();
    scenario.execute("INSERT INTO sales VALUES (2)");

    clusters.failOver();
    clusters.standby().execute("INSERT INTO sales VALUES (3)");
    scenario.through(clusters.standbyPort()).captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "c {id=2} {id=2}", "c {id=3} {id=3}"), scenario.told("sales"));
    assertTrue(
        scenario.notices().stream().anyMatch(n -> n.startsWith("the source is on timeline 2 now")));
    assertEquals("2", clusters.standby().queryText("SELECT timeline FROM firn.capture"));

    scenario.captureOnce();
    assertEquals(
        1, scenario.notices().stream().filter(n -> n.contains("is on timeline 2 now")).count());
  }

  @Test
  void aSlotThatStayedOnTheOldPrimaryIsRefusedAlsoWhenItIsMadeAnew() throws IOException {
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
