package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.source.Lsn;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class AcknowledgementTest {

  private static final String RECEIVED =
      "(SELECT write_lsn > '%s' FROM pg_stat_replication r WHERE r.pid = active_pid)";

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY, qty int");
    scenario.published();
  }

  @Test
  void nothingIsAcknowledgedBeforeItsFileIsThere() {
    scenario.captureOnce();
    scenario.buffer(Duration.ofHours(1));
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      scenario.execute("INSERT INTO sales VALUES (1, 1)");
      String committed = scenario.queryText("SELECT pg_current_wal_insert_lsn()");
      // Log of others, and the keepalives that come with it, up to when our row was surely sent.
      capture.until(
          () -> {
            scenario.queryText("SELECT pg_logical_emit_message(true, 'other', '')");
            return scenario.slotIs(RECEIVED.formatted(committed));
          });

      assertEquals(List.of(), scenario.files());
      assertTrue(scenario.slotIs("confirmed_flush_lsn < '" + committed + "'"));

      capture.stop();
      assertEquals(1, scenario.files().size());
      assertTrue(scenario.slotIs("confirmed_flush_lsn >= '" + committed + "'"));
    }
  }

  @Test
  void aRunThatDiedBeforeItsAcknowledgementIsRepeatedWithTheSamePositions() {
    scenario.captureOnce();
    scenario.execute(
        "SELECT pg_copy_logical_replication_slot('%1$s', '%1$s_copy')".formatted(scenario.slot()));
    scenario.execute(
        "INSERT INTO sales VALUES (1, 1), (2, 2)", "UPDATE sales SET id = 3 WHERE id = 1");
    scenario.captureOnce();
    List<ChangeEvent> events = scenario.events();

    // The slot as it was before, as a crash of the server would leave it.
    scenario.execute(
        "SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()),
        "SELECT pg_copy_logical_replication_slot('%1$s_copy', '%1$s')".formatted(scenario.slot()));
    scenario.captureOnce();

    assertEquals(4, events.size());
    assertEquals(8, scenario.events().size());
    assertEquals(events, scenario.events().stream().distinct().toList());
  }

  @Test
  void aQuietPublicationDoesNotHoldTheLog() {
    scenario.execute("CREATE TABLE other (id int)");
    scenario.captureOnce();
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      scenario.execute("INSERT INTO other SELECT generate_series(1, 1000)");
      String committed = scenario.queryText("SELECT pg_current_wal_insert_lsn()");

      capture.until(() -> scenario.slotIs("confirmed_flush_lsn >= '" + committed + "'"));
    }
    assertEquals(List.of(), scenario.events());
  }

  @Test
  void aSecondCaptureOfOneSlotIsRefused() {
    scenario.captureOnce();
    scenario.patience(Duration.ZERO);
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));

      OperatorException refusal = assertThrows(OperatorException.class, scenario::captureOnce);

      assertTrue(
          refusal.getMessage().contains("another capture uses it: pid "), refusal.getMessage());
    }
  }

  @Test
  void aLongTransactionIsFlushedInPiecesAndAcknowledgedWhole() {
    scenario.captureOnce();
    scenario.buffer(Duration.ZERO);
    scenario.execute("INSERT INTO sales SELECT i, i FROM generate_series(1, 300) i");

    CaptureReport report = scenario.captureOnce();

    assertEquals(300, report.total());
    assertTrue(scenario.files().size() > 1, report.toString());
    assertEquals(1, report.transactions());
    assertTrue(
        scenario.slotIs("confirmed_flush_lsn = '" + Lsn.format(report.acknowledged()) + "'"));
  }

  @Test
  void aRunStoppedInsideATransactionRepeatsItWhole() {
    scenario.captureOnce();
    scenario.buffer(Duration.ZERO);
    scenario.execute("INSERT INTO sales SELECT i, i FROM generate_series(1, 20000) i");
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.files().size() > 3);

      assertEquals(0, capture.stop().transactions());
    }
    scenario.buffer(Duration.ofHours(1)).captureOnce();

    List<ChangeEvent> events = scenario.events();
    assertTrue(events.size() > 20000, "nothing was repeated");
    assertEquals(20000, events.stream().distinct().count());
  }
}
