package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class HeartbeatTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY");
  }

  @Test
  void theSlotOfAnIdleServerMovesOn() {
    scenario.published().with(every(Duration.ofMillis(50)));
    try (Running capture = scenario.start()) {
      capture.until(() -> beats() > 0);
      String before = confirmed();
      long seen = beats();

      capture.until(() -> beats() > seen && !confirmed().equals(before));
    }
    assertEquals(List.of(), scenario.events());
  }

  @Test
  void beatsThatArePublishedAreNoEvents() {
    scenario.execute("CREATE PUBLICATION firn FOR ALL TABLES");
    scenario.with(every(Duration.ofMillis(20)));
    try (Running capture = scenario.start()) {
      capture.until(() -> beats() > 3);
      scenario.execute("INSERT INTO sales VALUES (1)");
      capture.until(() -> !scenario.events().isEmpty());
    }
    assertEquals(List.of("c {id=1} {id=1}"), scenario.told("sales"));
    assertEquals(1, scenario.events().size());
  }

  @Test
  void beatsThatFailAreReportedOnceAndCaptureContinues() {
    // Only the schema: a late beat of this capture would recreate the table.
    scenario.published().with(every(Duration.ZERO));
    scenario.captureOnce();
    scenario.execute("CREATE VIEW firn.heartbeat AS SELECT 1 AS one");
    scenario.with(every(Duration.ofMillis(20)));
    try (Running capture = scenario.start()) {
      capture.until(() -> failures() > 0);
      scenario.execute("INSERT INTO sales VALUES (1)");
      capture.until(() -> !scenario.events().isEmpty());
    }
    assertEquals(1, failures());
  }

  @Test
  void withoutAnIntervalThereIsNoBeat() {
    scenario.published().with(every(Duration.ZERO));

    scenario.captureOnce();

    assertTrue(scenario.queryText("SELECT to_regclass('firn.heartbeat')") == null);
  }

  private long beats() {
    boolean exists = scenario.queryText("SELECT to_regclass('firn.heartbeat')") != null;
    String beats = exists ? scenario.queryText("SELECT sum(beats) FROM firn.heartbeat") : null;
    return beats == null ? 0 : Long.parseLong(beats);
  }

  private String confirmed() {
    return scenario.queryText(
        "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '%s'"
            .formatted(scenario.slot()));
  }

  private long failures() {
    return scenario.notices().stream().filter(n -> n.contains("write the heartbeat: ")).count();
  }

  private static SourceOptions every(Duration interval) {
    return new SourceOptions(
        Authentication.PASSWORD, "", Duration.ofSeconds(30), interval, Failover.AUTO);
  }
}
