package dev.firn.cdc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.cdc.capture.Scenario;
import dev.firn.console.ExitCode;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.RunsProcesses;
import dev.firn.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, as an operator starts and stops it. */
@OnPostgres
@RunsProcesses
class CommandTest {

  @TempDir Path folder;
  private Scenario scenario;
  private Path config;

  @BeforeEach
  void pipeline(TestDatabase database) throws IOException {
    scenario = new Scenario(database, folder.resolve("raw"));
    scenario.table("sales", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO sales VALUES (1)");
    config =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            """
            source: { url: "%s", user: postgres, password: "${env:PATH}", slot: %s, publication: firn, tables: [sales] }
            stream: { direct: true, buffer: { age: 1h } }
            raw: raw
            lake: { catalog: glue, database: lake, warehouse: s3://bucket/warehouse }
            """
                .formatted(database.url(), scenario.slot()));
  }

  @Test
  void onceCapturesAndReports() throws Exception {
    Process capture = start("capture", "--once");
    String out = text(capture);

    assertEquals(ExitCode.DONE, capture.waitFor());
    assertTrue(
        out.contains("capture: 1 events (0 c, 0 u, 0 d, 1 r, 0 t), 1 files, 0 transactions"), out);
  }

  @Test
  void metricsAreLinesThatCloudWatchReads() throws Exception {
    Path metrics = folder.resolve("metrics.jsonl");
    Process capture = start("capture", "--once", "--metrics", metrics.toString());
    text(capture);
    assertEquals(ExitCode.DONE, capture.waitFor());

    JsonNode line = new ObjectMapper().readTree(Files.readString(metrics));

    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertEquals("Firn", directive.get("Namespace").asText());
    assertEquals("[[\"Slot\"]]", directive.get("Dimensions").toString());
    for (JsonNode metric : directive.get("Metrics")) {
      assertTrue(line.get(metric.get("Name").asText()).isIntegralNumber(), metric.toString());
    }
    assertEquals(scenario.slot(), line.get("Slot").asText());
  }

  @Test
  void sigtermFlushesAcknowledgesAndEndsWell() throws Exception {
    Process capture = start("capture");
    awaitSnapshot();
    scenario.execute("INSERT INTO sales VALUES (2)");
    awaitReceived();

    capture.destroy();

    assertEquals(ExitCode.DONE, exit(capture));
    assertEquals(List.of("r {id=1} {id=1}", "c {id=2} {id=2}"), scenario.told("sales"));
  }

  @Test
  void aCaptureThatHasNothingToDoSaysAtTheLevelDebugWhereItIsAndWhatItWaitsFor() throws Exception {
    Process capture = start("capture", "--log-level", "debug");
    Pattern waiting =
        Pattern.compile(
            ".* DEBUG capture waiting for the server to send changes: received up to .*/.*,"
                + " acknowledged up to .*/.*, 0 events in flight");
    try (BufferedReader lines = capture.inputReader(StandardCharsets.UTF_8)) {
      List<String> log = lines.lines().takeWhile(line -> !waiting.matcher(line).matches()).toList();
      assertTrue(capture.isAlive(), log::toString);
      assertTrue(
          log.stream().anyMatch(line -> line.contains(" DEBUG capture [sales] copying rows")),
          log::toString);
    } finally {
      capture.destroyForcibly();
    }
  }

  @Test
  void aKilledCaptureIsContinuedWithoutLoss() throws Exception {
    Process capture = start("capture");
    awaitSnapshot();
    scenario.execute("INSERT INTO sales VALUES (2)");
    awaitReceived();

    capture.destroyForcibly();
    exit(capture);
    scenario.execute("INSERT INTO sales VALUES (3)");
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "c {id=2} {id=2}", "c {id=3} {id=3}"), scenario.told("sales"));
    try (var left = Files.list(folder.resolve("raw/_incoming"))) {
      assertFalse(left.findAny().isPresent());
    }
  }

  @Test
  void aSlotThatIsLostEndsWithItsOwnCode() throws Exception {
    scenario.captureOnce();
    scenario.execute("SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()));

    Process capture = start("capture", "--once");
    String out = text(capture);

    assertEquals(ExitCode.DECISION, capture.waitFor(), out);
    assertEquals(1, out.lines().count(), out);
  }

  @Test
  void aTableThatNeedsADecisionEndsTheRunWithItsOwnCodeAfterTheReport() throws Exception {
    scenario.captureOnce();
    scenario.execute(
        "ALTER PUBLICATION firn DROP TABLE sales",
        "ALTER PUBLICATION firn ADD TABLE sales",
        "INSERT INTO sales VALUES (2)");

    Process capture = start("capture", "--once");
    String out = text(capture);
    assertEquals(ExitCode.DECISION, capture.waitFor(), out);
    assertTrue(out.contains("capture: 1 events"), out);
    assertTrue(
        out.contains(" ERROR capture The other tables were captured. One table needs a decision:"));

    Process preflight = start("preflight");
    String findings = text(preflight);
    assertEquals(ExitCode.DONE, preflight.waitFor(), findings);
    assertTrue(findings.contains("warning  public.sales may lack changes"), findings);

    Process running = start("capture", "--accept", "sales", "--once");
    assertEquals(ExitCode.DONE, running.waitFor(), text(running));
  }

  @Test
  void preflightPrintsALineForEachCheck() throws Exception {
    Process ready = start("preflight");
    String good = text(ready);
    assertEquals(ExitCode.DONE, ready.waitFor(), good);
    assertTrue(good.contains("ok       table public.sales, key [id]"), good);
    assertTrue(good.contains("capture would start with a snapshot, epoch "), good);

    scenario.execute("DROP PUBLICATION firn");
    Process broken = start("preflight");
    String bad = text(broken);
    assertEquals(ExitCode.CONFIGURATION, broken.waitFor(), bad);
    assertTrue(
        bad.contains(
            """
            problem  Cannot capture: the publication does not exist: firn
                     CREATE PUBLICATION firn FOR TABLE public.sales"""),
        bad);
  }

  private Process start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CdcMain.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.command().addAll(List.of("--config", config.toString()));
    return builder.redirectErrorStream(true).start();
  }

  private void awaitSnapshot() {
    await(
        "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND pid ="
            + " (SELECT active_pid FROM pg_replication_slots WHERE slot_name = '%s')");
  }

  private void awaitReceived() {
    String end = scenario.queryText("SELECT pg_current_wal_insert_lsn()");
    scenario.queryText("SELECT pg_logical_emit_message(true, 'other', '')");
    await(
        "SELECT count(*) FROM pg_stat_replication WHERE write_lsn > '"
            + end
            + "' AND pid ="
            + " (SELECT active_pid FROM pg_replication_slots WHERE slot_name = '%s')");
  }

  private void await(String count) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!"1".equals(scenario.queryText(count.formatted(scenario.slot())))) {
      assertTrue(System.nanoTime() < deadline, "It never came to be: " + count);
    }
  }

  private static int exit(Process process) throws InterruptedException {
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "It does not end");
    return process.exitValue();
  }

  private static String text(Process process) throws IOException {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      return String.join("\n", lines.lines().toList());
    }
  }
}
