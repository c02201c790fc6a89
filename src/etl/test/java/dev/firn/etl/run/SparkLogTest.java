package dev.firn.etl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of the verbs that {@code bin/firn} runs on Spark: its configuration is a file of bin/.
 */
@RunsProcesses
class SparkLogTest {

  private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

  @TempDir private Path folder;

  @Test
  void aLineHasTimeLevelStageAndTableAndDriversWarn() throws Exception {
    List<String> log = logged();

    assertTrue(log.get(0).matches(TIME + " INFO  talking it begins"), log::toString);
    assertTrue(log.get(1).matches(TIME + " WARN  talking \\[sales\\] a \"quoted\""), log::toString);
    assertEquals("word", log.get(2));
    assertTrue(log.get(3).endsWith(" WARN  talking [sales] the driver warns"), log::toString);
    assertTrue(log.get(4).endsWith(" WARN  talking the SDK warns"), log::toString);
    assertTrue(log.get(5).matches(TIME + " ERROR talking it failed: why \\(.*"), log::toString);
    assertEquals(6, log.size(), log::toString);
  }

  @Test
  void linesOfJsonHaveTheSameFieldsAndFromDebugOnTheStackTrace() throws Exception {
    List<JsonNode> log = new ArrayList<>();
    for (String line : logged("--log-format", "json", "--log-level", "debug")) {
      log.add(new ObjectMapper().readTree(line));
    }

    assertEquals("waiting", log.get(1).get("message").textValue());
    assertFalse(log.get(1).has("table"));
    assertFalse(log.get(1).has("exception"));
    JsonNode warning = log.get(2);
    assertTrue(warning.get("time").textValue().matches(TIME), warning::toString);
    assertEquals("WARN", warning.get("level").textValue());
    assertEquals("talking", warning.get("stage").textValue());
    assertEquals("sales", warning.get("table").textValue());
    assertEquals("a \"quoted\"\nword", warning.get("message").textValue());
    JsonNode failure = log.get(log.size() - 1);
    assertEquals("it failed: why", failure.get("message").textValue());
    assertTrue(failure.get("exception").textValue().contains("\tat dev.firn"), failure::toString);
  }

  private List<String> logged(String... options) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + Path.of("..", "..", "bin", "log4j2.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                TalkingMain.class.getName()));
    command.addAll(List.of(options));
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
    return Files.readAllLines(output);
  }
}
