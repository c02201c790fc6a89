package dev.firn.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeEventTest {

  private static final TableVersion SALES = new TableVersion(new TableToken("sales"), "3f9c2b1e");
  private static final String EVENT =
      "{\"table\":\"sales\",\"op\":\"c\",\"epoch\":1,\"lsn\":1,\"seq\":0,\"schema\":\"3f9c2b1e\","
          + "\"committed_at\":\"2026-08-05T03:20:00Z\",\"key\":{},\"after\":{\"a\":%s}}";
  private static final Instant COMMITTED = Instant.parse("2026-08-05T03:20:00.123456Z");

  @Test
  void anEventIsOneLineWithTheFieldsOfTheContract() {
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("id", 42L);
    after.put("qty", 5L);
    after.put("revenue", "87236364.00");
    RowImage row = new RowImage(Map.of("id", 42L), Map.of("id", 42L), after, List.of("note"));
    ChangeEvent event =
        new ChangeEvent(SALES, Operation.UPDATE, new Position(1, 23934792, 3), COMMITTED, row);

    assertEquals(
        "{\"table\":\"sales\",\"event_timestamp\":1785900000,\"op\":\"u\",\"epoch\":1,"
            + "\"lsn\":23934792,\"seq\":3,\"committed_at\":\"2026-08-05T03:20:00.123456Z\","
            + "\"schema\":\"3f9c2b1e\",\"key\":{\"id\":42},\"before\":{\"id\":42},"
            + "\"after\":{\"id\":42,\"qty\":5,\"revenue\":\"87236364.00\"},"
            + "\"unchanged\":[\"note\"]}\n",
        new String(ChangeEventWriter.line(event), StandardCharsets.UTF_8));
  }

  @Test
  void aStatementOfStateSaysWhatItIsFrom() {
    ChangeEvent copied = event(Operation.READ, Origin.SNAPSHOT);
    ChangeEvent repaired = event(Operation.READ, Origin.REPAIR);
    ChangeEvent logged = event(Operation.INSERT, Origin.LOG);

    EventLine line = new EventLine();
    for (ChangeEvent event : List.of(logged, copied, repaired, copied, logged)) {
      ChangeEventWriter.write(event, line);
      String text = new String(line.values().toByteArray(), StandardCharsets.UTF_8);
      String expected =
          event.origin() == Origin.LOG ? "" : "\"origin\":\"" + event.origin().text() + "\",";
      assertTrue(text.contains("\"schema\":\"3f9c2b1e\"," + expected + "\"key\""), text);
      assertEquals(event, read(text));
    }
  }

  @Test
  void theTimestampIsThatOfTheWritingAndNoPartOfTheEvent() {
    ChangeEvent event = event(Operation.INSERT, Origin.LOG);

    byte[] later = ChangeEventWriter.line(event, Instant.parse("2026-09-05T00:00:00.9Z"));

    assertTrue(
        new String(later, StandardCharsets.UTF_8)
            .startsWith("{\"table\":\"sales\",\"event_timestamp\":1788566400,\"op\""));
    assertEquals(event, ChangeEventReader.read(later));
  }

  private static ChangeEvent event(Operation operation, Origin origin) {
    Map<String, Object> id = Map.of("id", 42L);
    return new ChangeEvent(
        SALES,
        operation,
        new Position(1, 23934792, 3),
        COMMITTED,
        origin,
        RowImage.written(id, id));
  }

  @Test
  void everyValueComesBackAsItWas() {
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("null", null);
    after.put("bool", true);
    after.put("long", Long.MIN_VALUE);
    after.put("double", 0.1);
    after.put("text", "Thừa Thiên Huế \"\\\n\u0001 🧊");
    after.put("list", Arrays.asList("a", null, List.of(1L, 2L)));
    ChangeEvent event =
        new ChangeEvent(
            SALES,
            Operation.INSERT,
            new Position(2, Long.MAX_VALUE, 0),
            COMMITTED,
            RowImage.written(Map.of("id", 1L), after));

    ChangeEvent read = ChangeEventReader.read(ChangeEventWriter.line(event));

    assertEquals(event, read);
    assertEquals(List.copyOf(after.keySet()), List.copyOf(read.row().after().keySet()));
  }

  @Test
  void fieldsOfANewerProducerArePassedOver() {
    String line =
        "{\"new\":{\"a\":[1]},\"table\":\"sales\",\"op\":\"t\",\"epoch\":1,\"lsn\":1,\"seq\":0,"
            + "\"committed_at\":\"2026-08-05T03:20:00Z\",\"schema\":\"3f9c2b1e\",\"key\":{}}";

    assertEquals(Operation.TRUNCATE, read(line).operation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                         | not JSON",
        "[1]                                       | START_OBJECT is expected",
        "{\"table\":\"sales\"}                      | fields are missing: op, epoch, lsn",
        "{\"table\":\"sales\",\"table\":\"sales\"}  | not JSON: Duplicate",
        "{\"table\":\"../x\"}                       | fields are missing",
        "{\"op\":\"x\"}                             | one of c, u, d, r, t",
        "{\"lsn\":\"1\"}                            | VALUE_NUMBER_INT is expected",
        "{\"lsn\":18446744073709551615}             | not JSON",
        "{\"after\":{\"a\":1e999}}                  | beyond a double",
        "{\"after\":{\"a\":{\"b\":1}}}              | a scalar or an array is expected",
        "{\"committed_at\":\"yesterday\"}           | not an ISO-8601 instant",
        "{\"origin\":\"log\"}                       | snapshot or repair is expected: log",
        "{\"origin\":null}                          | VALUE_STRING is expected",
        "{} {}                                      | more than one object"
      })
  void whatIsNoEventIsRefusedWithTheReason(String line, String reason) {
    String message = assertThrows(MalformedRecordException.class, () -> read(line)).getMessage();

    assertTrue(message.contains(reason), message);
  }

  @Test
  void aRecordBeyondALimitIsRefusedWithTheLimitAndTheValue() {
    assertEquals(
        "nesting depth is 65, and the limit is 64",
        reason("{\"new\":" + "[".repeat(64) + "]".repeat(64) + "}"));
    assertEquals(
        "number length is 401, and the limit is 400",
        reason("{\"after\":{\"a\":" + "9".repeat(401) + "}}"));
    assertEquals(0.5, read(EVENT.formatted("0.5" + "0".repeat(397))).row().after().get("a"));
    for (String words :
        List.of(
            "Depth (65) exceeds the maximum allowed nesting depth (64)",
            "Document nesting depth (65) exceeds the maximum allowed (64, from `x.y()`)")) {
      assertEquals(
          "nesting depth is 65, and the limit is 64",
          MalformedRecordException.ofJson(new StreamConstraintsException(words)).getMessage());
    }
  }

  private static String reason(String line) {
    return assertThrows(MalformedRecordException.class, () -> read(line)).getMessage();
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] line = "{\"table\":\"s?les\"}".getBytes(StandardCharsets.UTF_8);
    line[11] = (byte) 0xC3;

    assertThrows(MalformedRecordException.class, () -> ChangeEventReader.read(line));
  }

  private static ChangeEvent read(String line) {
    return ChangeEventReader.read(line.getBytes(StandardCharsets.UTF_8));
  }
}
