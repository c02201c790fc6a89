package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.ExitCode;
import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.engine.attention.AttentionStore;
import dev.firn.engine.attention.RawAttention;
import dev.firn.engine.attention.RawAttention.Missing;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.raw.RawZone;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@OnSpark
class RawWatchTest {

  private static final MergeOrder SALES = MergeOrder.of(Set.of(Sales.TOKEN));

  private TestLake lake;
  private MergeScenario sales;

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    sales = new MergeScenario(empty);
  }

  @ParameterizedTest(name = "by tasks: {0}")
  @ValueSource(booleans = {false, true})
  void aFileThatIsMissingWhenItIsReadIsReportedUntilTheOperatorDecides(boolean byTasks)
      throws IOException {
    MergeScenario scenario =
        byTasks ? new MergeScenario(lake, Sales.SCHEMA, Options::byTasks) : sales;
    String gone = scenario.raw().file(Sales.insert(10, 1, 1, "a"));
    scenario.file(Sales.insert(11, 2, 2, "b"));
    byte[] content = Files.readAllBytes(lake.raw().resolve(gone));

    TableResult first = scenario.mergeAny(SALES, deleting(gone));

    assertEquals(ExitCode.FAULT, exitCode(first));
    assertTrue(
        first.report().notes().toString().contains("are now missing: " + gone), first.toString());
    assertEquals(List.of(), scenario.rows());
    for (int run = 0; run < 2; run++) {
      TableResult next = scenario.mergeAny();
      assertEquals(ExitCode.DECISION, exitCode(next));
      assertTrue(notes(next).contains("--accept-missing " + gone), notes(next));
      assertEquals(List.of("2|2|b"), scenario.rows());
    }

    Files.write(lake.raw().resolve(gone), content);
    TableResult back = scenario.mergeAny();
    assertEquals(ExitCode.DONE, exitCode(back));
    assertTrue(notes(back).contains("is back: " + gone), notes(back));
    assertEquals(List.of("1|1|a", "2|2|b"), scenario.rows());
  }

  @Test
  void aMissingFileIsGivenUpByItsName() {
    String gone = sales.raw().file(Sales.insert(10, 1, 1, "a"));
    String other = sales.raw().file(Sales.insert(11, 2, 2, "b"));
    sales.mergeAny(SALES, deleting(gone));

    TableResult refused = sales.mergeAny(accepting(other), MergeListener.NONE);
    assertEquals(ExitCode.CONFIGURATION, exitCode(refused));
    assertTrue(notes(refused).contains("it is not missing: " + other), notes(refused));

    TableResult accepted = sales.mergeAny(accepting(gone), MergeListener.NONE);
    assertEquals(ExitCode.DONE, exitCode(accepted));
    assertTrue(notes(accepted).contains("was given up"), notes(accepted));
    assertEquals(ExitCode.DONE, exitCode(sales.mergeAny()));
    assertEquals(List.of(), missing());
  }

  @Test
  void aDayThatWasNeverReadIsReadHoweverOldItIs() throws IOException {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    put("sales/year=2019/month=01/day=02/hour=03/1.json.gz", Sales.insert(11, 2, 2, "b"));

    assertEquals(new EventCounts(1, 0, 0, 0), sales.merge().counts());
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    assertEquals(List.of("1|1|a", "2|2|b"), sales.rows());
  }

  @Test
  void whatIsAddedToAnOldFolderIsFoundByASweep() throws IOException {
    String old = "sales/year=2026/month=06/day=01/hour=03/";
    sales.file(Sales.insert(10, 1, 1, "a"));
    put(old + "5.json.gz", Sales.insert(11, 2, 2, "b"));
    sales.merge();
    put(old + "3.json.gz", Sales.insert(12, 3, 3, "c"));
    put(old + "7.json.gz", Sales.insert(13, 4, 4, "d"));
    put("sales/year=2026/month=06/day=01/hour=3/9.json.gz", Sales.insert(14, 5, 5, "e"));

    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    TableResult swept = sales.mergeAny(sweep(Duration.ZERO), MergeListener.NONE);

    assertEquals(new EventCounts(2, 0, 0, 0), swept.report().counts());
    assertTrue(notes(swept).contains("sweep: found 2 new files"), notes(swept));
    assertTrue(notes(swept).contains("day=01/hour=3"), notes(swept));
    assertEquals(4, sales.rows().size());
    assertEquals(2, attention().found());
    assertTrue(notes(sales.mergeAny()).contains("day=01/hour=3"), "it is not forgotten");

    TableResult young = sales.mergeAny(sweep(Duration.ofHours(24)), MergeListener.NONE);
    assertFalse(notes(young).contains("swept"), notes(young));
    TableResult again = sales.mergeAny(sweep(Duration.ZERO), MergeListener.NONE);
    assertEquals(TableReport.NOTHING_DUE, again.report().status());
    assertTrue(notes(again).contains("sweep: found 0 new files"), notes(again));
    assertEquals(0, attention().found());
  }

  @Test
  void whatASweepFoundIsReadAgainAfterARollbackBelowIt() throws IOException {
    String old = "sales/year=2026/month=06/day=01/hour=03/";
    sales.file(Sales.insert(10, 1, 1, "a"));
    put(old + "5.json.gz", Sales.insert(11, 2, 2, "b"), Sales.insert(12, 3, 3, "c"));
    sales.merge();
    Table table = lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
    long before = table.currentSnapshot().snapshotId();
    put(old + "3.json.gz", Sales.delete(13, 2));
    put(old + "7.json.gz", Sales.insert(14, 4, 4, "d"));
    sales.mergeAny(sweep(Duration.ZERO), MergeListener.NONE);
    List<String> swept = List.of("1|1|a", "3|3|c", "4|4|d");
    assertEquals(swept, sales.rows());

    table.refresh();
    table.manageSnapshots().rollbackTo(before).commit();

    assertEquals(2, pending(), "what status and verify get");
    TableReport again = sales.merge();
    assertEquals(2, again.files());
    assertEquals(new EventCounts(2, 0, 0, 0), again.counts());
    assertEquals(swept, sales.rows());
    assertEquals(0, pending());
    TableResult next = sales.mergeAny(sweep(Duration.ZERO), MergeListener.NONE);
    assertEquals(TableReport.NOTHING_DUE, next.report().status());
  }

  @Test
  void aFileThatIsBackIsReadByTheRunAfterOneThatMissesAnother() throws IOException {
    String old = "sales/year=2026/month=06/day=01/hour=03/";
    sales.file(Sales.insert(10, 1, 1, "a"));
    put(old + "5.json.gz", Sales.insert(11, 2, 2, "b"));
    sales.merge();
    String back = old + "7.json.gz";
    put(back, Sales.insert(12, 3, 3, "c"));
    sales.mergeAny(sweep(Duration.ZERO), deleting(back));
    put(back, Sales.insert(12, 3, 3, "c"));
    String gone = sales.raw().file(Sales.insert(13, 4, 4, "d"));

    assertEquals(ExitCode.FAULT, exitCode(sales.mergeAny(SALES, deleting(gone))));
    TableResult next = sales.mergeAny();

    assertTrue(notes(next).contains("is back: " + back), notes(next));
    assertEquals(List.of("1|1|a", "2|2|b", "3|3|c"), sales.rows());
    assertEquals(ExitCode.DECISION, exitCode(next));
    assertEquals(List.of(gone), missing());
  }

  @Test
  void foldersThatNoMergeReadsAreNamedByEachRun() throws IOException {
    ChangeEvent event = Sales.insert(10, 1, 1, "a");
    sales.file(event);
    put("sales/year=58562/month=01/day=01/hour=00/1.json.gz");
    put("sales/year=2026/month=08/day=05/hour=8/1.json.gz");
    put("Sales/year=2026/month=08/day=05/hour=08/1.json.gz");
    List<String> zone = new ArrayList<>();
    MergeListener listener = noting(zone);
    for (int run = 0; run < 2; run++) {
      TableResult result = sales.mergeAny(SALES, listener);
      assertEquals(ExitCode.DONE, exitCode(result));
      assertTrue(
          notes(result)
              .contains(
                  "2 folders or files of the raw zone are ignored, because their paths are not <table>/year=YYYY/month=MM/day=DD/hour=HH/<file>: sales/year=2026/month=08/day=05/hour=8, sales/year=58562"),
          notes(result));
      assertTrue(zone.get(run).endsWith("<file>: Sales"), zone.toString());
    }
  }

  @Test
  void aFolderWithoutSchemaDocumentFailsAlone() throws Exception {
    sales.file(Sales.insert(10, 1, 1, "a"));
    put("zzz/year=2026/month=08/day=05/hour=08/1.json.gz");

    List<TableResult> results =
        new MergeJob(lake.spark(), sales.config(), Clock.systemUTC(), MergeListener.NONE)
            .run(Set.of());

    assertEquals(ExitCode.DONE, exitCode(results.get(0)));
    assertEquals(ExitCode.CONFIGURATION, exitCode(results.get(1)));
    assertTrue(
        notes(results.get(1)).contains("its schema document is missing"), notes(results.get(1)));
    assertEquals(List.of("1|1|a"), sales.rows());
  }

  @Test
  void aFolderOfAnotherToolKeepsNoMergeFromItsEnd() throws Exception {
    sales.file(Sales.insert(10, 1, 1, "a"));
    put("_temporary/0/task/1.json.gz");
    List<String> zone = new ArrayList<>();

    List<TableResult> results =
        new MergeJob(lake.spark(), sales.config(), Clock.systemUTC(), noting(zone)).run(Set.of());

    assertEquals(ExitCode.DONE, MergeCommand.exitCode(results), results.toString());
    assertTrue(zone.toString().endsWith("<file>: _temporary]"), zone.toString());
  }

  @Test
  void anEmptyRawZoneIsReportedWithItsPlace() throws Exception {
    List<String> zone = new ArrayList<>();
    try (Stream<Path> files = Files.walk(lake.raw())) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> assertTrue(file.toFile().delete()));
    }

    List<TableResult> results =
        new MergeJob(lake.spark(), sales.config(), Clock.systemUTC(), noting(zone)).run(Set.of());

    assertEquals(List.of(), results);
    assertEquals(1, zone.size(), zone.toString());
    assertTrue(zone.get(0).contains(": " + lake.raw() + ". Start firn capture"), zone.toString());
  }

  @Test
  void aSweepIsAskedForWithOrWithoutAnAge() {
    assertEquals(Optional.empty(), order("--table", "sales").sweep());
    assertEquals(Optional.of(Duration.ZERO), order("--sweep", "--table", "sales").sweep());
    assertEquals(sweep(Duration.ofHours(24)), order("--sweep", "24h", "--table", "sales"));
    assertEquals(accepting("sales/a"), order("--table=sales", "--accept-missing", "sales/a"));
    assertThrows(OperatorException.class, () -> order("--sweep", "soon"));
  }

  private static MergeOrder order(String... arguments) {
    MergeCommand command = new MergeCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.order();
  }

  private int pending() {
    RawZone zone =
        new RawZone(sales.config().raw(), lake.spark().sparkContext().hadoopConfiguration());
    return TableProgress.of(lake.catalog(), Sales.TOKEN, sales.config().merge().lookBack())
        .due(zone, Sales.TOKEN)
        .size();
  }

  private RawAttention attention() {
    return new AttentionStore(lake.catalog(), Sales.TOKEN).read();
  }

  private List<String> missing() {
    return attention().missing().stream().map(Missing::path).toList();
  }

  private static MergeOrder sweep(Duration age) {
    return new MergeOrder(Set.of(Sales.TOKEN), Optional.of(age), Set.of());
  }

  private static MergeOrder accepting(String path) {
    return new MergeOrder(Set.of(Sales.TOKEN), Optional.empty(), Set.of(path));
  }

  private static MergeListener noting(List<String> zone) {
    return new MergeListener() {
      @Override
      public void batchBegins(String table, int files, long bytes) {}

      @Override
      public void tableEnds(TableResult result) {}

      @Override
      public void zoneNoted(String note) {
        zone.add(note);
      }
    };
  }

  /** Between the listing and the reading. */
  private MergeListener deleting(String path) {
    return new MergeListener() {
      @Override
      public void batchBegins(String table, int files, long bytes) {
        try {
          Files.delete(lake.raw().resolve(path));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void tableEnds(TableResult result) {}
    };
  }

  private void put(String path, ChangeEvent... events) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    List.of(events).forEach(event -> lines.writeBytes(ChangeEventWriter.line(event)));
    Path file = lake.raw().resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, RawFiles.gzip(lines.toByteArray()));
  }

  private static int exitCode(TableResult result) {
    return MergeCommand.exitCode(List.of(result));
  }

  private static String notes(TableResult result) {
    return String.join("\n", result.report().notes());
  }
}
