package dev.firn.delivery.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRouterTest {

  private static final long TIME = 1785900000;

  private final RecordRouter router = new RecordRouter();

  @Test
  void anEventGoesToTheFolderThatTheProducerWouldChoose() {
    assertEquals(
        RawPath.hourFolder(new TableToken("crm.account"), Instant.ofEpochSecond(TIME)),
        folder("{\"table\":\"crm.account\",\"event_timestamp\":1785900000,\"op\":\"u\"}\n"));
  }

  @Test
  void onlyFieldsOfTheRecordItselfCount() {
    assertEquals(
        "sales/year=1970/month=01/day=01/hour=00",
        folder(
            "{\"after\":{\"table\":\"x\",\"event_timestamp\":\"y\"},\"event_timestamp\":0,"
                + "\"a\":[{\"table\":1}],\"table\":\"sales\"}"));
  }

  @Test
  void ofTwoFieldsOfOneNameTheLastCounts() {
    assertEquals(
        "b/year=1970/month=01/day=01/hour=01",
        folder(
            "{\"table\":\"a\",\"table\":\"b\",\"event_timestamp\":\"x\",\"event_timestamp\":3600}"));
  }

  @ParameterizedTest
  @CsvSource({
    "3600.99, 1970/month=01/day=01/hour=01",
    "3.6e3, 1970/month=01/day=01/hour=01",
    "-0.5, 1970/month=01/day=01/hour=00",
    "-1, 1969/month=12/day=31/hour=23",
    "1785900000000, 58562/month=12/day=01/hour=21"
  })
  void aTimeIsTheNumberOfItsSeconds(String time, String expected) {
    String folder = folder("{\"table\":\"a\",\"event_timestamp\":" + time + "}");

    assertEquals("a/year=" + expected, folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2026-08-05T03:20:00Z\"", "null", "true", "{}", "[0]", "1e999"})
  void aTimeThatIsNoNumberOfSecondsIsRefused(String time) {
    assertEquals(
        "metadata-extraction-failed",
        refusal("{\"table\":\"a\",\"event_timestamp\":" + time + "}").type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "not json",
        "[]",
        "{\"table\":\"a\",\"event_timestamp\":1",
        "{\"table\":\"a\",\"event_timestamp\":1}{\"table\":\"a\",\"event_timestamp\":1}",
        "{\"table\":\"a\",\"event_timestamp\":1} x",
        "{\"table\":\"a\",\"event_timestamp\":1,\"after\":{\"b\":}}"
      })
  void whatIsNotOneJsonObjectIsRefused(String record) {
    assertEquals("Non JSON record provided", refusal(record).message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"\"", "5", "{}", "\"../../x\"", "\"error\"", "\"a/b\"", "\"Sales\""})
  void aTableThatIsNoTokenIsRefused(String table) {
    assertEquals(
        "DynamicPartitioning.MetadataExtractionFailed",
        refusal("{\"table\":" + table + ",\"event_timestamp\":1}").code());
  }

  @Test
  void aMissingFieldIsRefused() {
    refusal("{\"event_timestamp\":1}");
    refusal("{\"table\":\"a\"}");
  }

  private String folder(String record) {
    return assertInstanceOf(Route.Folder.class, route(record)).path();
  }

  private Refusal refusal(String record) {
    return assertInstanceOf(Route.Refused.class, route(record)).refusal();
  }

  private Route route(String record) {
    return router.route(record.getBytes(StandardCharsets.UTF_8));
  }
}
