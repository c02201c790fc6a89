package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.ExitCode;
import dev.firn.contract.ChangeEvent;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.etl.testing.FaultyStorage;
import dev.firn.etl.testing.RawFiles;
import dev.firn.etl.testing.SparkExtension;
import dev.firn.etl.testing.TestLake;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.ReadLimits;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
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
    assertEquals(new Counts(2, 1, 0, 0), sales.merge().counts());
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
    assertEquals(new Counts(1, 0, 0, 1), sales.merge().counts());
    assertEquals(1, reasons(lake).size());
    sales.raw().file(place, new byte[] {4, 5});
    MergeScenario lenient =
        new MergeScenario(lake, Sales.SCHEMA, config -> Options.quarantineLimit(config, 1));
    assertEquals(new Counts(0, 0, 0, 1), lenient.merge().counts());
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

    assertEquals(new Counts(2, 0, 0, 2), sales.merge().counts());
    assertEquals(List.of("1|1|a", "3|3|c"), sales.rows());
    String reason = reasons(lake).stream().filter(one -> one.startsWith("2|")).findFirst().get();
    assertTrue(
        reason.matches(
            "2\\|the record is longer than merge.max_record: 70,[0-9]{3} bytes, from byte [0-9]{3} of the decompressed file on\\|1024"),
        reason);
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
