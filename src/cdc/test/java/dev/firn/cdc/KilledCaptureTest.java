package dev.firn.cdc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.Scenario;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.SnapshotRecord.Run;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceConfig;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.RunsProcesses;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import dev.firn.testing.kinesis.FakeKinesis;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that is killed where a kill hurts most, each time as a process, and started again. */
@OnPostgres
@RunsProcesses
class KilledCaptureTest {

  private static final int KILLED = 137;

  /** One row a block: two ranges of 8192 blocks, the second one short. */
  private static final int ROWS = 8300;

  @TempDir Path folder;
  private final FakeKinesis kinesis = FakeKinesis.start();
  private Scenario scenario;

  @AfterEach
  void close() {
    kinesis.close();
  }

  @Test
  void betweenTheStreamsAnswerAndTheAcknowledgementTheSameEventsComeAgain(TestDatabase database)
      throws Exception {
    sales(database).into(kinesis, 1 << 20).captureOnce();
    scenario.execute("INSERT INTO sales SELECT i FROM generate_series(2, 1500) i");

    assertEquals(KILLED, capture("capture-accepted:kill@2"));
    List<Position> before = positions(scenario.arrivals());
    // How many the first answer is of depends on the time they took to come.
    assertTrue(before.size() > 1, "records are in the stream: " + before.size());
    scenario.execute("DELETE FROM sales WHERE id = 2");
    scenario.captureOnce();

    List<Position> after = positions(scenario.arrivals());
    assertEquals(1501, after.stream().distinct().count());
    assertEquals(before.size() + 1500, after.size(), "all of the transaction came again");
    assertEquals(1501, scenario.arrivals().stream().distinct().count(), "the same events");
  }

  @Test
  void betweenARawFileAndTheAcknowledgementTheSameEventsComeAgain(TestDatabase database)
      throws Exception {
    sales(database).captureOnce();
    scenario.execute("INSERT INTO sales VALUES (2), (3)");

    assertEquals(KILLED, capture("capture-accepted:kill"));
    scenario.captureOnce();

    assertEquals(5, scenario.arrivals().size());
    assertEquals(3, scenario.arrivals().stream().distinct().count());
  }

  @Test
  void beforeAFileIsCompleteNothingIsSeenAndNothingIsLost(TestDatabase database) throws Exception {
    sales(database).captureOnce();
    scenario.execute("INSERT INTO sales VALUES (2)");

    assertEquals(KILLED, capture("capture-put:kill"));
    assertEquals(1, scenario.arrivals().size());
    assertEquals(KILLED, capture("capture-acknowledge:kill"));
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1}", "c {id=2} {id=2}"),
        scenario.told("sales").stream().distinct().toList());
  }

  @Test
  void betweenTheSlotAndItsRecordTheSlotIsMadeAgain(TestDatabase database) throws Exception {
    sales(database);

    assertEquals(KILLED, capture("capture-slot-made:kill"));
    assertEquals(List.of(), scenario.arrivals());
    scenario.captureOnce();

    assertEquals(List.of("t", "r {id=1} {id=1}"), scenario.told("sales"));
  }

  @Test
  void inACopyTheNextRunContinuesAndItsRecordNamesBothPoints(TestDatabase database)
      throws Exception {
    ServerVersion.assume(database, 14, "ranges of a table");
    wide(database).into(kinesis, 1 << 20);

    assertEquals(KILLED, capture("capture-copying:kill@20"));
    assertEquals(List.of(), scenario.snapshotRecords("wide"));
    assertEquals("1", scenario.queryText("SELECT count(*) FROM firn.snapshot_range"));
    scenario.execute(
        "UPDATE wide SET n = 1 WHERE id IN (1, 8299)", "DELETE FROM wide WHERE id = 2");
    scenario.captureOnce();

    assertComplete();
    SnapshotRecord record = scenario.snapshotRecords("wide").get(0);
    assertEquals(2, record.runs().stream().map(Run::lsn).distinct().count(), record.toString());
    assertTrue(
        record.runs().stream().filter(run -> run.lsn() == record.lsn()).mapToLong(Run::rows).sum()
            < ROWS,
        "the range that was finished was not copied again: " + record);
  }

  @Test
  void betweenACopyAndItsRecordTheNextRunWritesIt(TestDatabase database) throws Exception {
    wide(database);

    assertEquals(KILLED, capture("capture-copied:kill"));
    assertEquals(List.of(), scenario.snapshotRecords("wide"));
    scenario.captureOnce();

    assertComplete();
  }

  @Test
  void betweenTheRecordAndTheSourcesKnowledgeAnotherRecordIsWritten(TestDatabase database)
      throws Exception {
    wide(database);

    assertEquals(KILLED, capture("capture-copy-recorded:kill"));
    assertEquals(1, scenario.snapshotRecords("wide").size());
    assertEquals("f", scenario.queryText("SELECT complete FROM firn.captured_table"));
    scenario.captureOnce();

    assertEquals(2, scenario.snapshotRecords("wide").size());
    assertComplete();
  }

  private Scenario sales(TestDatabase database) {
    scenario = new Scenario(database, folder.resolve("raw"));
    scenario.table("sales", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO sales VALUES (1)");
    return scenario;
  }

  private Scenario wide(TestDatabase database) {
    scenario = new Scenario(database, folder.resolve("raw"));
    scenario.execute(
        "CREATE TABLE wide (id int PRIMARY KEY, n int, pad text) WITH (fillfactor = 10)",
        "INSERT INTO wide SELECT i, 0, repeat('x', 700) FROM generate_series(1, %d) i"
            .formatted(ROWS));
    return scenario.captured("wide").published();
  }

  /** The last record names rows that are there alone, and with the log they are the table. */
  private void assertComplete() {
    List<ChangeEvent> events = scenario.events();
    List<SnapshotRecord> records = scenario.snapshotRecords("wide");
    SnapshotRecord record = records.get(records.size() - 1);
    Set<Position> arrived = events.stream().map(ChangeEvent::position).collect(Collectors.toSet());
    for (Run run : record.runs()) {
      for (long row = 0; row < run.rows(); row++) {
        Position place = new Position(record.epoch(), run.lsn(), run.firstSeq() + row);
        assertTrue(arrived.contains(place), place.toString());
      }
    }
    assertEquals("t", scenario.queryText("SELECT bool_and(complete) FROM firn.captured_table"));
    assertEquals(0, scenario.differences("wide"));
    assertTrue(events.stream().anyMatch(event -> event.operation() == Operation.READ));
  }

  private List<Position> positions(List<ChangeEvent> events) {
    return events.stream().map(ChangeEvent::position).toList();
  }

  private int capture(String failpoint) throws IOException, InterruptedException {
    Path config = folder.resolve("pipeline.yaml");
    Files.writeString(config, pipeline(scenario.config()));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Daws.accessKeyId=test",
            "-Daws.secretAccessKey=test",
            "-cp",
            System.getProperty("java.class.path"),
            CdcMain.class.getName(),
            "capture",
            "--once",
            "--config",
            config.toString());
    builder.environment().put("FIRN_FAILPOINT", failpoint);
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String output = String.join("\n", lines.lines().toList());
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), output);
      if (process.exitValue() != KILLED) {
        throw new AssertionError(output);
      }
      return process.exitValue();
    }
  }

  private static String pipeline(PipelineConfig config) {
    SourceConfig source = config.source();
    String way =
        config.stream()
            .kinesis()
            .map(
                kinesis ->
                    "kinesis: %s, region: eu-west-1, endpoint: \"%s\""
                        .formatted(kinesis.stream(), kinesis.endpoint().orElseThrow()))
            .orElse("direct: true, buffer: { age: 1h }");
    return """
    source: { url: "%s", user: %s, password: "${env:PATH}", slot: %s, publication: firn, tables: [%s] }
    stream: { %s }
    raw: %s
    lake: { catalog: glue, database: lake, warehouse: s3://bucket/warehouse }
    """
        .formatted(
            source.url(),
            source.user(),
            source.slot(),
            String.join(", ", source.tables().stream().map(t -> t.name().toString()).toList()),
            way,
            config.raw());
  }
}
