package dev.firn.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.console.Cli;
import dev.firn.console.DecisionException;
import dev.firn.console.Logs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

class LogLinesTest {

  private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void aLineHasTimeLevelStageAndTable() {
    List<String> lines = logged("talking").lines().toList();

    assertTrue(lines.get(0).matches(TIME + " INFO  talking it begins"), lines.get(0));
    assertTrue(
        lines.get(1).matches(TIME + " WARN  talking \\[sales\\] 100 % \\{\\} \"done\""),
        lines.get(1));
    assertEquals(2, lines.size());
  }

  @Test
  void aLineOfJsonHasTheSameFields() throws IOException {
    List<String> lines = logged("talking", "--log-format", "json").lines().toList();

    JsonNode first = json.readTree(lines.get(0));
    assertEquals("INFO", first.get("level").textValue());
    assertEquals("it begins", first.get("message").textValue());
    assertFalse(first.has("table"));
    JsonNode second = json.readTree(lines.get(1));
    assertTrue(Instant.parse(second.get("time").textValue()).isBefore(Instant.MAX));
    assertEquals("WARN", second.get("level").textValue());
    assertEquals("talking", second.get("stage").textValue());
    assertEquals("sales", second.get("table").textValue());
    assertEquals("dev.firn.talking", second.get("logger").textValue());
    assertEquals("100 % {} \"done\"", second.get("message").textValue());
  }

  @Test
  void theLevelOfFirnsLinesIsTheOneThatIsAskedFor() {
    assertFalse(logged("talking").contains("waiting"));
    assertTrue(logged("talking", "--log-level", "debug").contains(" DEBUG talking waiting"));
    assertTrue(logged("--verbose", "talking").contains(" DEBUG talking waiting"));
    assertFalse(logged("talking", "--log-level", "WARN").contains("it begins"));
    assertTrue(logged("talking", "--log-level", "WARN", "--verbose").contains("[sales]"));
  }

  /** pgjdbc logs by java.util.logging, the SDK by SLF4J. */
  @Test
  void warningsOfDriversAreSeenAndNothingElseOfThem() {
    String log = logged("driving");

    assertTrue(log.contains(" WARN  driving [sales] the driver warns"), log);
    assertTrue(log.contains(" WARN  driving the SDK warns"), log);
    assertFalse(log.contains("tells"), log);
    assertFalse(logged("driving", "--log-level", "debug").contains("tells"));
    assertTrue(
        logged("driving", "--log-level", "trace").contains(" DEBUG driving the driver tells"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"failing", "broken"})
  void aFaultHasItsCauseAndFromDebugOnItsStackTrace(String verb) {
    String quiet = logged(verb);
    assertTrue(quiet.matches(TIME + " ERROR " + verb + " [^\n]*: why \\(--verbose[^\n]*\n"), quiet);

    for (String[] asked :
        new String[][] {
          {verb, "--verbose"}, {"--log-level", "debug", verb}, {verb, "--log-level=TRACE"}
        }) {
      String traced = logged(asked);
      assertTrue(traced.contains("\tat dev.firn.logging.LogLinesTest"), traced);
      assertFalse(traced.contains("--verbose prints"), traced);
    }
  }

  @Test
  void aStackTraceIsAFieldOfTheLineOfJson() throws IOException {
    JsonNode line =
        json.readTree(logged("failing", "--log-format", "json", "--log-level", "debug"));

    assertEquals("it failed: why", line.get("message").textValue());
    assertTrue(line.get("exception").textValue().contains("Caused by: "), line.toString());
  }

  @Test
  void whatNeedsADecisionHasNoHintOfAStackTrace() {
    assertTrue(logged("undecided").endsWith(" ERROR undecided Cannot continue. Decide.\n"));
  }

  private static String logged(String... arguments) {
    PrintStream console = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      Cli.run(new Parent(), arguments);
    } finally {
      System.setErr(console);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Command(
      name = "firn",
      subcommands = {Talking.class, Driving.class, Failing.class, Broken.class, Undecided.class})
  private static final class Parent {}

  @Command(name = "talking")
  private static final class Talking implements Callable<Integer> {
    @Override
    public Integer call() {
      Logger log = LoggerFactory.getLogger("dev.firn.talking");
      log.info("it begins");
      log.debug("waiting");
      Logs.inTable("sales", () -> log.warn("100 % {} {}", "{}", "\"done\""));
      return 0;
    }
  }

  @Command(name = "driving")
  private static final class Driving implements Callable<Integer> {
    @Override
    public Integer call() {
      java.util.logging.Logger driver =
          java.util.logging.Logger.getLogger("org.postgresql.core.v3.Some");
      Logs.inTable("sales", () -> driver.warning("the driver warns"));
      driver.fine("the driver tells");
      Logger sdk = LoggerFactory.getLogger("software.amazon.awssdk.some");
      sdk.warn("the SDK warns");
      sdk.info("the SDK tells");
      return 0;
    }
  }

  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("it failed", new IllegalStateException("why"));
    }
  }

  @Command(name = "broken")
  private static final class Broken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("why");
    }
  }

  @Command(name = "undecided")
  private static final class Undecided implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new DecisionException("Cannot continue", "Decide.");
    }
  }
}
