package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.contract.Position;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class BeginningTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO sales VALUES (1), (2)");
  }

  @Test
  void snapshotRowsAreOneByteBeforeTheConsistentPoint() {
    scenario.captureOnce();

    long consistentPoint =
        Long.parseLong(
            scenario.queryText("SELECT consistent_point - '0/0'::pg_lsn FROM firn.capture"));
    int epoch = Integer.parseInt(scenario.queryText("SELECT epoch FROM firn.capture"));
    assertEquals(
        List.of(
            new Position(epoch, consistentPoint - 1, 1),
            new Position(epoch, consistentPoint - 1, 2)),
        scenario.events().stream().map(event -> event.position()).toList());
  }

  @Test
  void aLostSlotIsNeverResumed() {
    scenario.captureOnce();
    scenario.execute("SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()));

    DecisionException refusal = assertThrows(DecisionException.class, scenario::captureOnce);

    assertTrue(refusal.getMessage().contains("it was dropped or lost"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("--resnapshot"), refusal.getMessage());
  }

  @Test
  void aResnapshotBeginsAnEpochThatForgetsRowsWhichAreGone() {
    scenario.captureOnce();
    scenario.execute("SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()));
    scenario.execute("DELETE FROM sales WHERE id = 1");

    scenario.resnapshot();
    scenario.execute("INSERT INTO sales VALUES (3)");
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "r {id=2} {id=2}", "t", "r {id=2} {id=2}", "c {id=3} {id=3}"),
        scenario.told("sales"));
    List<Integer> epochs =
        scenario.events().stream().map(event -> event.position().epoch()).toList();
    int first = epochs.get(0);
    int second = epochs.get(2);
    assertTrue(second > first);
    assertEquals(List.of(first, first, second, second, second), epochs);
    assertEquals(1, scenario.events().get(3).position().seq());
  }

  @Test
  void aResnapshotReplacesASlotThatIsStillThere() {
    scenario.captureOnce();
    int first = Integer.parseInt(scenario.queryText("SELECT epoch FROM firn.capture"));

    scenario.resnapshot();

    assertTrue(first < Integer.parseInt(scenario.queryText("SELECT epoch FROM firn.capture")));
    assertEquals("t", scenario.queryText("SELECT snapshot_complete FROM firn.capture"));
  }

  @Test
  void aSnapshotThatWasBrokenOffIsBegunAgain() {
    scenario.captureOnce();
    scenario.execute(
        "UPDATE firn.capture SET snapshot_complete = false", "DELETE FROM sales WHERE id = 2");

    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "r {id=2} {id=2}", "t", "r {id=1} {id=1}"),
        scenario.told("sales"));
  }

  @Test
  void aSlotOfWhichNothingIsRecordedIsRefused() {
    scenario.queryText(
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(scenario.slot()));

    DecisionException refusal = assertThrows(DecisionException.class, scenario::captureOnce);

    assertTrue(refusal.getMessage().contains("no record of its snapshot"), refusal.getMessage());
  }

  @Test
  void aSlotOfAnotherPluginIsRefused() {
    scenario.queryText(
        "SELECT pg_create_logical_replication_slot('%s', 'test_decoding')"
            .formatted(scenario.slot()));

    OperatorException refusal = assertThrows(OperatorException.class, scenario::captureOnce);

    assertTrue(refusal.getMessage().contains("plugin 'test_decoding'"), refusal.getMessage());
  }

  @Test
  void anotherClusterIsRefused() {
    scenario.captureOnce();
    scenario.execute("UPDATE firn.capture SET system_identifier = '1'");

    DecisionException refusal = assertThrows(DecisionException.class, scenario::captureOnce);

    assertTrue(refusal.getMessage().contains("not the database cluster"), refusal.getMessage());
  }
}
