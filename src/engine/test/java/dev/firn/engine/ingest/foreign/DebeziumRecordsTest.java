package dev.firn.engine.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.pipeline.ForeignFormat;
import dev.firn.pipeline.ForeignFormat.Decimals;
import dev.firn.pipeline.ForeignFormat.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DebeziumRecordsTest {

  private static final ForeignFormat DEBEZIUM =
      new ForeignFormat.Debezium(Golden.SALES, Decimals.PRECISE, Times.ADAPTIVE);

  @Test
  void anInsertIsReadWithoutSchemaBlock() {
    ChangeEvent event = one("create");

    assertEquals(Operation.INSERT, event.operation());
    assertEquals(Instant.parse("2026-08-05T03:20:00.123456Z"), event.committedAt());
    assertEquals(Map.of("id", 42L), event.row().key());
    assertEquals(
        "{id=42, qty=5, revenue=87236364.00, sold_at=2026-08-05T03:19:58.500Z, note=first}",
        event.row().after().toString());
    assertEquals(Golden.SALES.document(Golden.TOKEN).version(), event.source());
  }

  @Test
  void aSchemaBlockSaysWhatTheValuesMean() {
    ForeignFormat format =
        new ForeignFormat.Debezium(
            Golden.table(
                new Column("id", "int4", List.of(), false, 1),
                new Column("big", "int8", List.of(), true, 0),
                new Column("revenue", "numeric", List.of(), true, 0),
                new Column("weight", "numeric", List.of(), true, 0),
                new Column("sold_at", "timestamptz", List.of(), true, 0),
                new Column("opened", "timestamp", List.of(), true, 0),
                new Column("closed", "timestamp", List.of(), true, 0),
                new Column("day", "date", List.of(), true, 0),
                new Column("at", "time", List.of(), true, 0),
                new Column("paid", "bool", List.of(), true, 0),
                new Column("share", "float8", List.of(), true, 0),
                new Column("photo", "bytea", List.of(), true, 0),
                new Column("info", "jsonb", List.of(), true, 0),
                new Column("tags", "text[]", List.of(), true, 0)),
            Decimals.STRING,
            Times.ADAPTIVE);

    Map<String, Object> after = golden(format, "create-with-schema").row().after();

    assertEquals(9007199254740993L, after.get("big"));
    assertEquals("87236364.00", after.get("revenue"));
    assertEquals("-1.500", after.get("weight"));
    assertEquals("2026-08-05T03:19:58.123456Z", after.get("sold_at"));
    assertEquals("2018-06-20T15:13:16.945104", after.get("opened"));
    assertEquals("2018-06-20T15:13:16.945", after.get("closed"));
    assertEquals("2026-08-05", after.get("day"));
    assertEquals("13:36:36.123", after.get("at"));
    assertEquals(true, after.get("paid"));
    assertEquals(0.25, after.get("share"));
    assertEquals("3q2+7w==", after.get("photo"));
    assertEquals("{\"a\": 1}", after.get("info"));
    assertEquals(Arrays.asList("x", null), after.get("tags"));
  }

  @Test
  void withoutSchemaBlockTheDeclaredPrecisionDecidesTheUnitOfATime() {
    assertEquals("1970-01-01T00:00:00.001", opened(List.of(3), Times.ADAPTIVE));
    assertEquals("1970-01-01T00:00:00.000001", opened(List.of(), Times.ADAPTIVE));
    assertEquals("1970-01-01T00:00:00.001", opened(List.of(), Times.CONNECT));
  }

  @Test
  void aNumberThatNoSchemaExplainsIsNotTakenForATime() {
    String text =
        Golden.text("debezium/create.json").replace("\"2026-08-05T03:19:58.5Z\"", "1785899998500");

    assertTrue(
        Golden.refusal(DEBEZIUM, text)
            .startsWith("column sold_at: the value cannot be read as timestamptz"));
  }

  @Test
  void decimalsAreTextWhereTheConnectorWritesThemSo() {
    ForeignFormat format =
        new ForeignFormat.Debezium(Golden.SALES, Decimals.STRING, Times.ADAPTIVE);
    String text = Golden.text("debezium/create.json").replace("Agf4ILA=", "1234.50");

    assertEquals("1234.50", Golden.one(format, text).row().after().get("revenue"));
  }

  @Test
  void anInfiniteTimestampStaysInfinite() {
    assertEquals("infinity", TimeText.local(9223372036825200000L, TimeUnit.MICROSECONDS));
  }

  @Test
  void aPlaceholderIsAnUnchangedColumn() {
    RowImage row = one("update-unchanged-toast").row();

    assertEquals(List.of("note"), row.unchanged());
    assertTrue(!row.after().containsKey("note"));
  }

  @Test
  void aDeleteHasTheKeyOfTheOldRow() {
    ChangeEvent event = one("delete");

    assertEquals(Operation.DELETE, event.operation());
    assertEquals(RowImage.deleted(Map.of("id", 42L)), event.row());
  }

  @Test
  void aTruncateIsRead() {
    assertEquals(Operation.TRUNCATE, one("truncate").operation());
  }

  @Test
  void tombstonesAndMessagesCarryNoChange() {
    for (String name : List.of("tombstone", "tombstone-with-schema", "message")) {
      assertEquals(List.of(), Golden.read(DEBEZIUM, Golden.text("debezium/" + name + ".json")));
    }
  }

  @Test
  void theLastCommitComesFirstAndThenTheLsnOfTheRow() {
    List<ChangeEvent> ordered =
        List.of(
            one("read"),
            one("create"),
            one("update"),
            one("update-unchanged-toast"),
            one("delete"));

    for (int i = 1; i < ordered.size(); i++) {
      assertTrue(ordered.get(i).position().isAfter(ordered.get(i - 1).position()), "at " + i);
    }
    assertEquals(24023000, one("create").position().lsn());
    assertEquals(24023128, one("create").position().seq() >> 13);
  }

  @Test
  void anInterleavedTransactionThatCommitsLaterWins() {
    String later =
        Golden.text("debezium/update.json")
            .replace("24023400", "24099999")
            .replace("24023500", "24023001");

    assertTrue(
        Golden.one(DEBEZIUM, later).position().isAfter(one("update").position()),
        "its row has a smaller LSN, its last commit a greater one");
  }

  @Test
  void withoutSequenceTheLsnOfTheRowIsTheOrder() {
    assertEquals(24023128, one("create-without-sequence").position().lsn());
  }

  @Test
  void anUpdateWhoseOldKeyIsAnotherDeletesTheOldRow() {
    String text =
        Golden.text("debezium/update.json").replace("\"before\": null", "\"before\": {\"id\": 41}");

    List<ChangeEvent> events = Golden.read(DEBEZIUM, text);

    assertEquals(
        List.of(Operation.DELETE, Operation.UPDATE),
        events.stream().map(ChangeEvent::operation).toList());
    assertEquals(Map.of("id", 41L), events.get(0).row().key());
  }

  @Test
  void aRecordThatCannotBeReadSaysWhy() {
    String create = Golden.text("debezium/create.json");

    assertEquals(
        "the event belongs to another table: public.product",
        Golden.refusal(DEBEZIUM, create.replace("\"sales\"", "\"product\"")));
    assertEquals(
        "op is not one of c, u, d, r, t, m: x",
        Golden.refusal(DEBEZIUM, create.replace("\"op\": \"c\"", "\"op\": \"x\"")));
    assertEquals(
        "a key column has no value: id",
        Golden.refusal(DEBEZIUM, create.replace("\"id\"", "\"no\"")));
    assertTrue(
        Golden.refusal(DEBEZIUM, create.replace("Agf4ILA=", "12.5"))
            .startsWith("column revenue: the value cannot be read as numeric"));
    assertTrue(Golden.refusal(DEBEZIUM, "{\"id\":1}").contains("op"));
    assertTrue(Golden.refusal(DEBEZIUM, "{\"a\":").startsWith("not JSON"));
    assertEquals(
        "number length is 401, and the limit is 400",
        Golden.refusal(DEBEZIUM, "{\"a\":" + "9".repeat(401) + "}"));
  }

  private static Object opened(List<Integer> modifiers, Times times) {
    ForeignFormat format =
        new ForeignFormat.Debezium(
            Golden.table(
                new Column("id", "int4", List.of(), false, 1),
                new Column("qty", "timestamp", modifiers, true, 0)),
            Decimals.PRECISE,
            times);
    String text = Golden.text("debezium/create.json").replace("\"qty\": 5", "\"qty\": 1");
    return Golden.one(format, text).row().after().get("qty");
  }

  private static ChangeEvent one(String name) {
    return golden(DEBEZIUM, name);
  }

  private static ChangeEvent golden(ForeignFormat format, String name) {
    return Golden.one(format, Golden.text("debezium/" + name + ".json"));
  }
}
