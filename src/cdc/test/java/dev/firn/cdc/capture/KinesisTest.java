package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Position;
import dev.firn.contract.SnapshotRecord;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import dev.firn.testing.kinesis.FakeKinesis;
import dev.firn.testing.kinesis.KinesisFaults;
import dev.firn.testing.kinesis.StoredRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class KinesisTest {

  private static final int RECORD_BYTES = 10_000;
  private static final String THOUSAND =
      "INSERT INTO sales SELECT i, 'text of ' || i FROM generate_series(1, 1000) i";

  @TempDir Path raw;
  private final FakeKinesis kinesis = FakeKinesis.start();
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY, note text");
    scenario.table("log", "line text");
    scenario.execute("ALTER TABLE log REPLICA IDENTITY FULL");
    scenario.published().into(kinesis, RECORD_BYTES).captureOnce();
  }

  @AfterEach
  void close() {
    kinesis.close();
  }

  @Test
  void eventsOfAKeyGoToOneShardAndThoseOfAKeylessTableToAll() {
    scenario.execute(
        THOUSAND,
        "UPDATE sales SET note = 'again'",
        "INSERT INTO log SELECT 'line' FROM generate_series(1, 300)");

    scenario.captureOnce();

    Map<Object, Set<String>> shardsOfKey = new HashMap<>();
    Set<String> shardsOfLog = new HashSet<>();
    for (String shard : kinesis.shards(scenario.slot())) {
      for (StoredRecord record : kinesis.records(scenario.slot(), shard)) {
        assertTrue(record.text().endsWith("}\n"), "a record is a line");
        ChangeEvent event = Scenario.read(record.text());
        if (event.table().value().equals("log")) {
          shardsOfLog.add(shard);
        } else {
          shardsOfKey.computeIfAbsent(event.row().key(), key -> new HashSet<>()).add(shard);
        }
      }
    }
    assertEquals(1000, shardsOfKey.size());
    assertTrue(shardsOfKey.values().stream().allMatch(shards -> shards.size() == 1));
    assertEquals(3, shardsOfLog.size());
  }

  @Test
  void theRecordOfACopyIsWrittenWhenTheStreamHasAllOfIt() {
    scenario.execute(THOUSAND, "DELETE FROM sales WHERE id > 300");
    kinesis.faults().refuseEvery(3);

    scenario.resnapshot("public.sales");

    List<SnapshotRecord> records = scenario.snapshotRecords("sales");
    assertEquals(2, records.size());
    SnapshotRecord.Run run = records.get(1).runs().get(0);
    assertEquals(300, run.rows());
    Set<Position> arrived = new HashSet<>(positions(scenario.arrivals()));
    for (long row = 0; row < run.rows(); row++) {
      Position place = new Position(records.get(1).epoch(), run.lsn(), run.firstSeq() + row);
      assertTrue(arrived.contains(place), place.toString());
    }
  }

  @Test
  void refusedRecordsAreSentAgainAndOnlyThose() {
    kinesis.faults().refuseEvery(3);
    scenario.execute(THOUSAND);

    CaptureReport report = scenario.captureOnce();

    List<ChangeEvent> arrived = scenario.arrivals();
    assertEquals(1000, arrived.size(), report.toString());
    assertEquals(1000, positions(arrived).size());
  }

  @Test
  void lostAnswersAndFailingServersOnlyRepeat() {
    kinesis.faults().loseResponse(KinesisFaults.PUT_RECORDS, 2);
    kinesis.faults().beUnavailable(KinesisFaults.PUT_RECORDS, 1);
    kinesis.faults().failInternally(KinesisFaults.PUT_RECORDS, 1);
    kinesis.faults().throttle(KinesisFaults.PUT_RECORDS, 1);
    scenario.execute(THOUSAND);

    scenario.captureOnce();

    assertTrue(scenario.arrivals().size() > 1000, "nothing was repeated");
    assertEquals(1000, positions(scenario.arrivals()).size());
  }

  @Test
  void nothingIsAcknowledgedWhileTheStreamTakesNothing() {
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      kinesis.faults().throttle();
      int requests = kinesis.requests(KinesisFaults.PUT_RECORDS);
      scenario.execute(THOUSAND);
      String committed = scenario.queryText("SELECT pg_current_wal_insert_lsn()");
      capture.until(() -> kinesis.requests(KinesisFaults.PUT_RECORDS) > requests + 3);
      assertTrue(scenario.slotIs("confirmed_flush_lsn < '" + committed + "'"));
      assertEquals(List.of(), scenario.arrivals());

      kinesis.faults().clear();

      capture.until(() -> scenario.slotIs("confirmed_flush_lsn >= '" + committed + "'"));
      assertEquals(1000, positions(scenario.arrivals()).size());
    }
  }

  @Test
  void aRowTooLongForARecordGoesStraightToRaw() {
    scenario.execute(
        "INSERT INTO sales VALUES (1, 'short'), (2, repeat('long', 3000)), (3, 'short')",
        "UPDATE sales SET note = 'short now' WHERE id = 2");

    CaptureReport report = scenario.captureOnce();

    assertEquals(1, scenario.files().size());
    assertEquals(3, kinesis.records(scenario.slot()).size());
    assertEquals(
        List.of("short", "long".repeat(3000), "short", "short now"),
        scenario.events().stream().map(event -> event.row().after().get("note")).toList());
    assertTrue(report.toString().contains(" 1 oversize rows"), report.toString());
  }

  @Test
  void aStreamThatIsNotThereIsRefusedBeforeAnythingBegins() {
    scenario.streamNamed("nowhere");

    OperatorException refusal = assertThrows(OperatorException.class, scenario::captureOnce);

    assertTrue(
        refusal.getMessage().startsWith("Cannot write to Kinesis stream nowhere"),
        refusal.getMessage());
  }

  private static Set<Position> positions(List<ChangeEvent> events) {
    Set<Position> positions = new HashSet<>();
    events.forEach(event -> positions.add(event.position()));
    return positions;
  }
}
