package dev.firn.delivery.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorsTest {

  @TempDir private Path folder;
  private Scenario scenario;

  @BeforeEach
  void begin() {
    scenario = new Scenario(folder, 1);
  }

  @AfterEach
  void end() {
    scenario.close();
  }

  @Test
  void whatCannotBeReadGoesToTheErrorPrefixByteForByte() throws Exception {
    byte[] broken =
        "{\"table\":\"sales\", \u00FF \n\n\"event".getBytes(StandardCharsets.ISO_8859_1);
    scenario.kinesis().put(Scenario.STREAM, "key", broken);
    String good = scenario.put("sales", 0, "key", 1);

    DeliveryReport report = scenario.deliverOnce();

    JsonNode error = scenario.errors("metadata-extraction-failed").get(0);
    assertArrayEquals(broken, error.path("rawData").binaryValue());
    assertEquals("DynamicPartitioning.MetadataExtractionFailed", error.path("errorCode").asText());
    assertEquals(1, error.path("attemptsMade").asInt());
    assertTrue(error.path("errorMessage").isTextual());
    long arrival = error.path("arrivalTimestamp").asLong();
    assertEquals(
        scenario.kinesis().records(Scenario.STREAM).get(0).arrival().toEpochMilli(), arrival);
    assertTrue(error.path("attemptEndingTimestamp").asLong() >= arrival);
    assertEquals(List.of(good), scenario.lines("sales"));
    assertEquals(1, report.counts().errors());
    assertEquals(2, report.counts().records());
  }

  @Test
  void recordsOfOnePartitionTooManyGoToTheErrorPrefix() throws Exception {
    scenario.withPartitions(2);
    for (int hour = 0; hour < 4; hour++) {
      scenario.put("sales", hour, "key", hour);
    }
    scenario.put("sales", 0, "key", 4);

    DeliveryReport report = scenario.deliverOnce();

    assertEquals(3, scenario.lines("sales").size());
    List<JsonNode> errors = scenario.errors("partition-count-exceeded");
    assertEquals(2, errors.size());
    String raw = new String(errors.get(0).path("rawData").binaryValue(), StandardCharsets.UTF_8);
    assertTrue(raw.contains("\"seq\":2"), raw);
    assertEquals(2, report.counts().errors());
  }

  @Test
  void aPartitionThatIsWrittenMakesRoomForAnother() throws Exception {
    scenario.withPartitions(1);
    scenario.put("sales", 0, "key", 0);
    scenario.deliverOnce();
    scenario.put("sales", 1, "key", 1);
    scenario.deliverOnce();

    assertEquals(2, scenario.lines("sales").size());
    assertEquals(List.of(), scenario.files("error"));
  }

  @Test
  void anEmptyRecordIsAnErrorToo() throws Exception {
    scenario.put("", "key");

    scenario.deliverOnce();

    assertEquals("", scenario.errors("metadata-extraction-failed").get(0).path("rawData").asText());
  }
}
