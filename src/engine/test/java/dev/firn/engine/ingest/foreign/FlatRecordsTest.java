package dev.firn.engine.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.pipeline.ForeignFormat;
import dev.firn.pipeline.ForeignFormat.FlatOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatRecordsTest {

  private static final ForeignFormat FLAT =
      new ForeignFormat.Flat(Golden.SALES, FlatOrder.EVENT_TIMESTAMP);
  private static final ForeignFormat BY_LSN =
      new ForeignFormat.Flat(Golden.SALES, FlatOrder.NEXTLSN);

  @Test
  void theColumnsAreFieldsLikeTheKind() {
    ChangeEvent event = one("insert");

    assertEquals(Operation.INSERT, event.operation());
    assertEquals(Instant.parse("2026-08-05T03:20:00Z"), event.committedAt());
    assertEquals(
        "{id=42, qty=4, revenue=87236364.0, sold_at=2026-08-05T03:19:58.500Z, note=first}",
        event.row().after().toString());
    assertEquals(
        "2026-08-05T03:19:59Z", one("update").row().after().get("sold_at"), "in another zone");
  }

  @Test
  void anUpdateDidNotChangeWhatItLeavesOut() {
    assertEquals(List.of("note"), one("update-without-note").row().unchanged());
  }

  @Test
  void anOldKeyIsDeleted() {
    List<ChangeEvent> events = Golden.read(FLAT, Golden.text("flat/update-key.json"));

    assertEquals(RowImage.deleted(Map.of("id", 42L)), events.get(0).row());
    assertEquals(Map.of("id", 45L), events.get(1).row().key());
  }

  @Test
  void theTimeIsTheOrder() {
    assertTrue(one("update").position().isAfter(one("insert").position()));
    assertTrue(one("delete").position().isAfter(one("update").position()));
    assertEquals(1785900000000000L, one("insert").position().lsn());
  }

  @Test
  void anLsnIsTheOrderIfItIsConfigured() {
    ChangeEvent event = Golden.one(BY_LSN, Golden.text("flat/insert-with-lsn.json"));

    assertEquals(0x16D53A8L, event.position().lsn());
    assertEquals(Instant.parse("2026-08-05T03:20:00.123456Z"), event.committedAt());
    assertTrue(
        Golden.refusal(BY_LSN, Golden.text("flat/insert.json")).startsWith("nextlsn is missing"));
  }

  @Test
  void inOneSecondTheLaterStageOfARowWinsWhateverTheOrderOfArrival() {
    String insert = Golden.text("flat/insert.json");
    ChangeEvent update = Golden.one(FLAT, insert.replace("\"insert\"", "\"update\""));
    ChangeEvent delete = Golden.one(FLAT, insert.replace("\"insert\"", "\"delete\""));

    assertTrue(update.position().isAfter(one("insert").position()));
    assertTrue(delete.position().isAfter(update.position()));
  }

  @Test
  void aTruncateIsRead() {
    assertEquals(Operation.TRUNCATE, one("truncate").operation());
  }

  @Test
  void theTableIsNamedByTokenOrBySchemaAndName() {
    String insert = Golden.text("flat/insert.json");

    assertEquals(one("insert"), Golden.one(FLAT, insert.replace("\"sales\"", "\"public.sales\"")));
    assertEquals(
        "the event belongs to another table: public.product",
        Golden.refusal(FLAT, insert.replace("\"sales\"", "\"product\"")));
    assertEquals(
        "the event belongs to another table: crm.account",
        Golden.refusal(
            FLAT,
            insert
                .replace("\"sales\"", "\"account\"")
                .replace("\"id\"", "\"schema\":\"crm\",\"id\"")));
  }

  @Test
  void millisecondsAreNotTakenForSeconds() {
    assertTrue(
        Golden.refusal(FLAT, Golden.text("flat/milliseconds.json"))
            .startsWith("event_timestamp is after the year 9999"));
  }

  @Test
  void aRecordThatCannotBeReadSaysWhy() {
    String insert = Golden.text("flat/insert.json");

    assertTrue(
        Golden.refusal(FLAT, insert.replace("\"insert\"", "\"upsert\""))
            .startsWith("kind is not one of"));
    assertTrue(
        Golden.refusal(FLAT, insert.replace("1785900000", "\"soon\""))
            .startsWith("event_timestamp is neither"));
    assertTrue(Golden.refusal(FLAT, insert.replace("\"kind\"", "\"sort\"")).contains("kind"));
  }

  @Test
  void aNumberBeyondAllMeasureCostsItsRecordOnly() {
    String insert = Golden.text("flat/insert.json");

    for (String number : List.of("1e999", "1e999999999", "-1e-999999999", "1e99999999999")) {
      assertTrue(!Golden.refusal(FLAT, insert.replace("1785900000", number)).isEmpty(), number);
    }
    assertTrue(!Golden.refusal(FLAT, insert.replace("87236364.0", "1e999999999")).isEmpty());
  }

  private static ChangeEvent one(String name) {
    return Golden.one(FLAT, Golden.text("flat/" + name + ".json"));
  }
}
