package dev.firn.engine.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.pipeline.ForeignFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DmsRecordsTest {

  private static final ForeignFormat DMS = new ForeignFormat.Dms(Golden.SALES);

  @Test
  void anInsertIsReadAndWhatItLeavesOutIsNull() {
    ChangeEvent event = one("insert");

    assertEquals(Operation.INSERT, event.operation());
    assertEquals(Instant.parse("2026-08-05T03:20:00.123456Z"), event.committedAt());
    assertEquals(
        "{id=43, qty=1, revenue=10.50, sold_at=2026-08-05T03:19:58Z, note=null}",
        event.row().after().toString());
    assertEquals(List.of(), event.row().unchanged());
  }

  @Test
  void theCommitTimeIsTheOrderAndTheRecordsNumberBelowIt() {
    ChangeEvent event = one("update");

    assertEquals(
        TimeText.micros(Instant.parse("2026-08-05T03:20:01.500000Z")), event.position().lsn());
    assertEquals(2, event.position().seq() >> 31);
  }

  @Test
  void withoutTransactionDetailsTheTimeOfTheRecordIsTheOrder() {
    assertEquals(
        TimeText.micros(Instant.parse("2026-08-05T03:20:00.983670Z")),
        one("insert-without-details").position().lsn());
  }

  @Test
  void aRowOfTheFullLoadIsOlderThanAnyChangeThoughItWasWrittenLater() {
    assertEquals(Operation.READ, one("load").operation());
    assertTrue(one("update").position().isAfter(one("load").position()));
  }

  @Test
  void aLaterLoadOfARowIsTheNewerOne() {
    String later = Golden.text("dms/load.json").replace("03:30:00.691762Z", "04:30:00.000001Z");

    assertTrue(Golden.one(DMS, later).position().isAfter(one("load").position()));
  }

  @Test
  void aChangeOfTheKeyIsADeleteAndAnUpdate() {
    List<ChangeEvent> events = Golden.read(DMS, Golden.text("dms/update-key.json"));

    assertEquals(RowImage.deleted(Map.of("id", 42L)), events.get(0).row());
    assertEquals(Map.of("id", 45L), events.get(1).row().key());
    assertEquals(Operation.UPDATE, events.get(1).operation());
  }

  @Test
  void aDeleteHasTheKey() {
    assertEquals(RowImage.deleted(Map.of("id", 45L)), one("delete").row());
  }

  @Test
  void controlRecordsCarryNoChangeButATruncateAsksForADecision() {
    assertEquals(List.of(), Golden.read(DMS, Golden.text("dms/control-create-table.json")));
    assertTrue(
        Golden.refusal(DMS, Golden.text("dms/control-truncate-table.json"))
            .startsWith("DMS does not give the position of a TRUNCATE"));
  }

  @Test
  void twoDifferentChangesOfOnePlaceHaveTwoPositionsAndTheLaterStageWins() {
    String insert = Golden.text("dms/insert-without-details.json");
    ChangeEvent first = Golden.one(DMS, insert);
    ChangeEvent other = Golden.one(DMS, insert.replace("\"qty\": 1", "\"qty\": 2"));
    ChangeEvent delete = Golden.one(DMS, insert.replace("\"insert\"", "\"delete\""));

    assertEquals(first.position(), Golden.one(DMS, insert).position());
    assertNotEquals(first.position(), other.position());
    assertTrue(delete.position().isAfter(first.position()));
    assertTrue(delete.position().isAfter(other.position()));
  }

  @Test
  void aRecordThatCannotBeReadSaysWhy() {
    String insert = Golden.text("dms/insert.json");

    assertEquals(
        "the event belongs to another table: crm.sales",
        Golden.refusal(DMS, insert.replace("\"public\"", "\"crm\"")));
    assertEquals(
        "operation is not one of load, insert, update, delete: merge",
        Golden.refusal(DMS, insert.replace("\"insert\"", "\"merge\"")));
    assertTrue(
        Golden.refusal(DMS, insert.replace("\"qty\": 1", "\"qty\": \"many\""))
            .startsWith("column qty: the value cannot be read as int4"));
    assertTrue(Golden.refusal(DMS, "{\"id\":1}").contains("record-type"));
  }

  private static ChangeEvent one(String name) {
    return Golden.one(DMS, Golden.text("dms/" + name + ".json"));
  }
}
