package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.ExitCode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.testing.FaultyStorage;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.ReadLimits;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnSpark
class ReadFaultsTest {

  @AfterEach
  void heal() {
    FaultyStorage.heal();
  }

  @ParameterizedTest(name = "by tasks: {0}")
  @ValueSource(booleans = {false, true})
  void whatTheStorageFailsToGiveIsReadByTheNextRun(boolean byTasks, TestLake lake) {
    FaultyStorage.register(lake.spark().sparkContext().hadoopConfiguration());
    UnaryOperator<PipelineConfig> options = byTasks ? Options::byTasks : UnaryOperator.identity();
    MergeScenario sales =
        new MergeScenario(
            lake,
            Sales.SCHEMA,
            config -> options.apply(Options.raw(config, "faulty:" + lake.raw())));
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.update(11, 1, 2, "b"));
    sales.file(Sales.insert(12, 2, 3, "c"));

    FaultyStorage.failAfter(60, new SocketTimeoutException("Read timed out"));
    TableResult failed = sales.mergeAny();
    FaultyStorage.endAfter(60);
    TableResult cut = sales.mergeAny();
    FaultyStorage.heal();

    assertEquals(ExitCode.FAULT, MergeCommand.exitCode(List.of(failed)), failed.toString());
    assertEquals(ExitCode.FAULT, MergeCommand.exitCode(List.of(cut)), cut.toString());
    assertEquals(List.of(), reasons(lake));
    assertEquals(new EventCounts(2, 1, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|2|b", "2|3|c"), sales.rows());
  }

  @Test
  void aBatchOfNothingButDamagedFilesStops(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    ChangeEvent place = Sales.insert(10, 1, 1, "a");
    String damaged = sales.raw().file(place, new byte[] {1, 2, 3});

    TableResult stopped = sales.mergeAny();

    assertEquals(ExitCode.DECISION, MergeCommand.exitCode(List.of(stopped)));
    assertTrue(stopped.report().notes().toString().contains(damaged), stopped.report().toString());
    assertEquals(List.of(), reasons(lake));
    assertEquals(List.of(), sales.rows());

    sales.file(place);
    assertEquals(new EventCounts(1, 0, 0, 1), sales.merge().counts());
    assertEquals(1, reasons(lake).size());
    sales.raw().file(place, new byte[] {4, 5});
    MergeScenario lenient =
        new MergeScenario(lake, Sales.SCHEMA, config -> Options.quarantineLimit(config, 1));
    assertEquals(new EventCounts(0, 0, 0, 1), lenient.merge().counts());
  }

  @Test
  void aRecordBeyondTheLimitWaitsInQuarantineByItsPlace(TestLake lake) {
    ReadLimits limits = new ReadLimits(ReadLimits.LEAST_RECORD, 1 << 20);
    MergeScenario sales =
        new MergeScenario(lake, Sales.SCHEMA, config -> Options.limits(config, limits));
    sales.file(
        Sales.insert(10, 1, 1, "a"),
        Sales.insert(11, 2, 2, "x".repeat(70_000)),
        Sales.insert(12, 3, 3, "c"));
    String fields = "{\"a\":1,".repeat(10) + "\"b\":{" + "\"c\":1,".repeat(8000);
    sales.raw().file(Sales.insert(10, 1, 1, "a"), gzip(fields + "\n"));

    assertEquals(new EventCounts(2, 0, 0, 2), sales.merge().counts());
    assertEquals(List.of("1|1|a", "3|3|c"), sales.rows());
    String reason = reasons(lake).stream().filter(one -> one.startsWith("2|")).findFirst().get();
    assertTrue(
        reason.matches(
            "2\\|the record is longer than merge.max_record: 70,[0-9]{3} bytes, starting at byte [0-9]{3} of the decompressed file\\|1024"),
        reason);
  }

  @ParameterizedTest(name = "by tasks: {0}")
  @ValueSource(booleans = {false, true})
  void recordsBeyondEachLimitWaitInQuarantineAndTheOtherTableIsMerged(
      boolean byTasks, TestLake lake) throws InterruptedException {
    UnaryOperator<PipelineConfig> options = byTasks ? Options::byTasks : UnaryOperator.identity();
    ReadLimits limits = new ReadLimits(8 << 20, 1 << 30);
    MergeScenario sales =
        new MergeScenario(
            lake, Sales.SCHEMA, config -> options.apply(Options.limits(config, limits)));
    ChangeEvent good = Sales.insert(10, 1, 1, "a");
    String keys =
        IntStream.range(0, 300_000)
            .mapToObj(key -> "\"" + Integer.toString(key, 36) + "\":0")
            .collect(Collectors.joining(",", "{", "}"));
    sales
        .raw()
        .file(
            good,
            gzip(
                text(good)
                    + line(11, "[".repeat(100) + "]".repeat(100))
                    + line(12, "{\"a\":".repeat(300_000) + "0" + "}".repeat(300_000))
                    + line(13, keys)
                    + line(14, "9".repeat(200_000))
                    + line(15, "1e400000000")
                    + line(16, "\"" + "x".repeat(9 << 20) + "\"")
                    + line(17, "2")));
    sales.raw().schema(Sales.STORES);
    sales.file(Sales.insertOfStores(20, 7, 7, "g"));

    List<TableResult> results =
        new MergeJob(lake.spark(), sales.config(), Clock.systemUTC(), MergeListener.NONE)
            .run(Set.of());

    assertEquals(
        List.of(new EventCounts(1, 1, 0, 6), new EventCounts(1, 0, 0, 0)),
        results.stream().map(result -> result.report().counts()).toList(),
        results::toString);
    assertEquals(List.of("1|2|a"), sales.rows());
    assertEquals(1, lake.query("SELECT * FROM " + lake.table("stores")).size());
    List<String> expected =
        List.of(
            "2|nesting depth is 65, and the limit is 64|",
            "3|the record has more than 100000 fields",
            "4|the record has more than 100000 fields",
            "5|number length is 200000, and the limit is 400|",
            "6|a number beyond a double: 1e400000000",
            "7|the record is longer than merge.max_record: 9,437,");
    List<String> reasons = reasons(lake).stream().sorted().toList();
    assertEquals(expected.size(), reasons.size(), reasons::toString);
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(reasons.get(i).startsWith(expected.get(i)), reasons::toString);
    }
  }

  @Test
  void eachRefusedRecordOfALineIsInQuarantineOnce(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    // Firehose puts no newline between records.
    String unfit = text(Sales.insert(11, 2, 1L << 40, "b")).strip();
    String large = text(Sales.insert(12, 3, 3, "x".repeat(70_000))).strip();
    ChangeEvent good = Sales.insert(13, 4, 4, "d");
    sales.raw().file(good, gzip(unfit + large + text(good)));
    assertEquals(new EventCounts(2, 0, 0, 1), sales.merge().counts());

    ReadLimits stricter = new ReadLimits(ReadLimits.LEAST_RECORD, 1 << 20);
    MergeScenario again =
        new MergeScenario(lake, Sales.SCHEMA, config -> Options.limits(config, stricter));
    again.loseManifests();
    assertEquals(new EventCounts(0, 0, 1, 2), again.merge().counts());

    List<String> reasons = reasons(lake).stream().sorted().toList();
    assertEquals(2, reasons.size(), reasons::toString);
    assertTrue(
        reasons.get(0).startsWith("1|column qty: a value does not fit int"), reasons::toString);
    assertTrue(reasons.get(1).startsWith("1|the record is longer than"), reasons::toString);
  }

  /** A change of row 1 whose qty is written so. */
  private static String line(int lsn, String qty) {
    return text(Sales.update(lsn, 1, 815, "a")).replace("815", qty);
  }

  private static String text(ChangeEvent event) {
    return new String(ChangeEventWriter.line(event), StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) {
    return RawFiles.gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> reasons(TestLake lake) {
    String table = LakeCatalog.sqlName(lake.catalog().quarantine());
    return lake.query("SELECT line, reason, length(payload) FROM " + table).stream()
        .map(row -> row.mkString("|"))
        .toList();
  }
}
