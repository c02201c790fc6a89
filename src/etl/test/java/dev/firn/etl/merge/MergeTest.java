package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.ExitCode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnSpark
class MergeTest {

  private MergeScenario sales;

  @BeforeEach
  void begin(TestLake lake) {
    sales = new MergeScenario(lake);
  }

  @Test
  void insertsUpdatesAndDeletesAreApplied() {
    sales.file(Sales.insert(10, 1, 4, "a"), Sales.insert(10 + 1, 2, 5, "b"));
    assertEquals(new EventCounts(2, 0, 0, 0), sales.merge().counts());

    sales.file(Sales.update(20, 1, 6, "c"), Sales.delete(21, 2), Sales.insert(22, 3, 7, null));
    assertEquals(new EventCounts(3, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|6|c", "3|7|null"), sales.rows());
  }

  @Test
  void aCommitOfAnyTimeIsMergedAndShowsTheTimeThatReadersKnow() {
    List<String> times =
        List.of(
            "2020-01-31T10:00:00.123456Z",
            "+11026-10-28T00:00:00Z",
            "+294277-01-09T04:00:54.775807Z",
            "-4713-11-24T00:00:00Z");
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < times.size(); i++) {
      ChangeEvent event = Sales.insert(10 + i, i, i, null);
      lines.writeBytes(
          ChangeEventWriter.line(
              new ChangeEvent(
                  event.source(),
                  event.operation(),
                  event.position(),
                  Instant.parse(times.get(i)),
                  event.row()),
              Sales.HOUR));
    }
    sales.raw().file(Sales.insert(10, 0, 0, null), RawFiles.gzip(lines.toByteArray()));

    assertEquals(new EventCounts(4, 0, 0, 0), sales.merge().counts());
    assertEquals(
        List.of(
            "2020-01-31 10:00:00.123456",
            "9999-12-31 23:59:59.999999",
            "9999-12-31 23:59:59.999999",
            "0001-01-01 00:00:00"),
        sales
            .lake()
            .query(
                "SELECT cast(_committed_at AS string) FROM %s ORDER BY id"
                    .formatted(sales.lake().table("sales")))
            .stream()
            .map(row -> row.getString(0))
            .toList());
  }

  @Test
  void orderIsThePositionAndNeverArrival() {
    sales.file(Sales.update(30, 1, 3, "new"));
    sales.merge();
    sales.file(Sales.update(20, 1, 2, "old"), Sales.insert(10, 1, 1, "first"));

    assertEquals(new EventCounts(0, 2, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|3|new"), sales.rows());
  }

  @Test
  void replayingAFileChangesNothing() {
    ChangeEvent[] events = {
      Sales.insert(10, 1, 1, "a"), Sales.update(20, 1, 2, "b"), Sales.delete(21, 9)
    };
    sales.file(events);
    assertEquals(new EventCounts(2, 1, 0, 0), sales.merge().counts());
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());

    sales.file(events);
    assertEquals(new EventCounts(0, 1, 2, 0), sales.merge().counts());
    assertEquals(List.of("1|2|b"), sales.rows());
  }

  @Test
  void aLateOlderEventDoesNotBringADeletedRowBack() {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    sales.file(Sales.delete(30, 1));
    sales.merge();
    sales.file(Sales.update(20, 1, 2, "late"));

    assertEquals(new EventCounts(0, 1, 0, 0), sales.merge().counts());
    assertEquals(List.of(), sales.rows());

    sales.file(Sales.insert(40, 1, 4, "again"));
    sales.merge();
    assertEquals(List.of("1|4|again"), sales.rows());
  }

  @Test
  void aDeleteThatComesBeforeItsInsertIsRemembered() {
    sales.file(Sales.delete(30, 1));
    assertEquals(new EventCounts(1, 0, 0, 0), sales.merge().counts());
    sales.file(Sales.insert(10, 1, 1, "a"));

    assertEquals(new EventCounts(0, 1, 0, 0), sales.merge().counts());
    assertEquals(List.of(), sales.rows());
  }

  @Test
  void anUnchangedColumnKeepsItsLastKnownValue() {
    sales.file(Sales.insert(10, 1, 1, "toast"));
    sales.merge();
    sales.file(Sales.updateWithoutNote(20, 1, 2));
    sales.merge();
    assertEquals(List.of("1|2|toast"), sales.rows());

    sales.file(Sales.update(30, 1, 3, "fresh"), Sales.updateWithoutNote(40, 1, 4));
    sales.merge();
    assertEquals(List.of("1|4|fresh"), sales.rows());
  }

  @Test
  void aValueThatComesLateCompletesTheRowThatDidNotHaveIt() {
    sales.file(Sales.insert(10, 1, 1, "old"), Sales.updateWithoutNote(30, 1, 3));
    sales.merge();
    sales.file(Sales.update(20, 1, 2, "between"));

    assertEquals(new EventCounts(1, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|3|between"), sales.rows());
    sales.file(Sales.update(20, 1, 2, "between"));
    assertEquals(new EventCounts(0, 1, 0, 0), sales.merge().counts());
    sales.file(Sales.update(15, 1, 2, "too old"));
    assertEquals(new EventCounts(0, 1, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|3|between"), sales.rows());
  }

  @Test
  void aDuplicateCompletesTheRowWithWhatItWasFoldedWith() {
    sales.file(Sales.insert(10, 1, 1, "old"), Sales.updateWithoutNote(30, 1, 3));
    sales.merge();
    sales.file(Sales.update(20, 1, 2, "between"), Sales.updateWithoutNote(30, 1, 3));
    sales.merge();

    assertEquals(List.of("1|3|between"), sales.rows());
  }

  @Test
  void truncateRemovesWhatIsOlderAndNothingElse() {
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 1, "b"));
    sales.merge();
    sales.file(Sales.insert(30, 3, 3, "c"), Sales.truncate(20), Sales.insert(12, 4, 1, "d"));

    assertEquals(new EventCounts(2, 1, 0, 0), sales.merge().counts());
    assertEquals(List.of("3|3|c"), sales.rows());

    sales.file(Sales.insert(15, 5, 1, "late"), Sales.truncate(20), Sales.truncate(18));
    assertEquals(new EventCounts(0, 2, 1, 0), sales.merge().counts());
    assertEquals(List.of("3|3|c"), sales.rows());
  }

  @Test
  void recordsNeedNoNewlineAndFilesMayHaveSeveralMembers() {
    byte[] first = ChangeEventWriter.line(Sales.insert(10, 1, 1, "a}{\"\\"));
    byte[] second = ChangeEventWriter.line(Sales.insert(11, 2, 2, "b"));
    byte[] third = ChangeEventWriter.line(Sales.insert(12, 3, 3, "c"));
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.writeBytes(RawFiles.gzip(concat(Arrays.copyOf(first, first.length - 1), second)));
    members.writeBytes(RawFiles.gzip(third));
    sales.raw().file(Sales.insert(10, 1, 1, "a"), members.toByteArray());

    assertEquals(new EventCounts(3, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|1|a}{\"\\", "2|2|b", "3|3|c"), sales.rows());
  }

  @Test
  void aBadRecordIsQuarantinedAndTheOthersAreMerged() {
    ChangeEvent good = Sales.insert(10, 1, 1, "a");
    String lines =
        "{\"table\":\"sales\", cut off\n"
            + "not json\n"
            + new String(ChangeEventWriter.line(good), StandardCharsets.UTF_8)
            + new String(
                ChangeEventWriter.line(Sales.insert(11, 2, 1L << 40, "b")), StandardCharsets.UTF_8);
    sales.raw().file(good, RawFiles.gzip(lines.getBytes(StandardCharsets.UTF_8)));

    assertEquals(new EventCounts(1, 0, 0, 3), sales.merge().counts());
    assertEquals(List.of("1|1|a"), sales.rows());
    assertEquals(
        List.of("1", "2", "4"),
        quarantine().stream().map(row -> row.substring(0, row.indexOf('|'))).toList());
    assertTrue(quarantine().get(2).contains("qty: a value does not fit int: 1099511627776"));
  }

  @Test
  void aDamagedFileIsQuarantinedWhole() {
    byte[] whole = RawFiles.gzip(ChangeEventWriter.line(Sales.insert(10, 1, 1, "a")));
    ChangeEvent place = Sales.insert(10, 1, 1, "a");
    sales.raw().file(place, Arrays.copyOf(whole, whole.length - 3));
    sales.raw().file(place, concat(whole, "tail".getBytes(StandardCharsets.UTF_8)));
    sales.raw().file(place, new byte[0]);
    sales.raw().file(place, "{\"table\":\"sales\"}".getBytes(StandardCharsets.UTF_8));
    sales.file(Sales.insert(20, 2, 2, "b"));

    TableReport report = sales.merge();

    assertEquals(new EventCounts(1, 0, 0, 4), report.counts());
    assertEquals(ExitCode.DECISION, MergeCommand.exitCode(List.of(TableResult.of(report))));
    assertEquals(4, report.damagedFiles());
    assertEquals(List.of("2|2|b"), sales.rows());
    assertEquals(4, quarantine().stream().filter(row -> row.startsWith("0|")).count());
  }

  @Test
  void aNewColumnIsAddedAndATypeIsWidened() {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    SchemaDocument wider =
        Sales.schema(
            new Column("id", "int4", List.of(), false, 1),
            new Column("qty", "int8", List.of(), true, 0),
            new Column("note", "text", List.of(), true, 0),
            new Column("channel", "text", List.of(), true, 0));
    sales.raw().schema(wider);
    Map<String, Object> row = Sales.row(2, 1L << 40, "b");
    row.put("channel", "web");
    sales.file(
        Sales.update(20, 1, 2, "c"),
        Sales.event(wider, Operation.INSERT, 21, RowImage.written(Sales.key(2), row)));

    assertEquals(new EventCounts(2, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|2|c", "2|1099511627776|b"), sales.rows());
    assertEquals(
        List.of("[null]", "[web]"),
        sales
            .lake()
            .query("SELECT channel FROM " + sales.lake().table("sales") + " ORDER BY id")
            .stream()
            .map(Object::toString)
            .toList());
  }

  @Test
  void rowsOfAColumnThatChangedItsTypeWaitInQuarantine() {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    SchemaDocument changed =
        Sales.schema(
            new Column("id", "int4", List.of(), false, 1),
            new Column("qty", "text", List.of(), true, 0),
            new Column("note", "text", List.of(), true, 0));
    sales.raw().schema(changed);
    Map<String, Object> row = Sales.row(2, 0, "b");
    row.put("qty", "many");
    sales.file(
        Sales.update(20, 1, 2, "c"),
        Sales.event(changed, Operation.INSERT, 21, RowImage.written(Sales.key(2), row)));

    assertWait(1, "column qty is int in the lake", sales.merge());
    assertTrue(quarantine().get(0).contains("column qty is int in the lake"), quarantine().get(0));
  }

  @Test
  void rowsOfATableWhoseKeyChangedWaitInQuarantine() {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    SchemaDocument changed =
        Sales.schema(
            new Column("id", "int4", List.of(), false, 2),
            new Column("qty", "int4", List.of(), false, 1),
            new Column("note", "text", List.of(), true, 0));
    sales.raw().schema(changed);
    Map<String, Object> row = Sales.row(2, 7, "b");
    sales.file(
        Sales.event(
            changed, Operation.INSERT, 20, RowImage.written(Map.of("id", 2L, "qty", 7L), row)),
        Sales.event(changed, Operation.DELETE, 21, RowImage.deleted(Map.of("id", 2L, "qty", 7L))));

    assertWait(2, "the key is [id] in the lake, and [id, qty] at the source", sales.merge());
    sales.file(Sales.update(30, 1, 2, "c"), Sales.insert(31, 2, 1L << 40, "one bad value"));
    TableReport after = sales.merge();
    assertEquals(new EventCounts(1, 0, 0, 1), after.counts());
    assertEquals(ExitCode.DONE, MergeCommand.exitCode(List.of(TableResult.of(after))));
  }

  @Test
  void theSnapshotNamesItsBatchAndNoBranchIsLeft() {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();

    Table table = table();
    Snapshot snapshot = table.currentSnapshot();
    assertEquals("1", snapshot.summary().get(SummaryKeys.APPLIED));
    assertEquals("1/0-A/0", snapshot.summary().get(SummaryKeys.HIGHEST));
    assertEquals("small: 1 keys on the driver", snapshot.summary().get(SummaryKeys.PLAN));
    assertTrue(Double.parseDouble(snapshot.summary().get(SummaryKeys.SECONDS)) > 0);
    assertTrue(
        snapshot.summary().get(SummaryKeys.PHASES).matches("list [0-9.]+, read [0-9.]+, .*"),
        snapshot.summary().get(SummaryKeys.PHASES));
    assertEquals(Set.of("main"), table.refs().keySet());
  }

  @Test
  void aLostManifestCostsAReadingOfEverythingAndNothingElse() {
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.update(20, 1, 2, "b"));
    sales.merge();
    sales.loseManifests();
    sales.file(Sales.insert(30, 2, 3, "c"));

    assertEquals(new EventCounts(1, 1, 1, 0), sales.merge().counts());
    assertEquals(List.of("1|2|b", "2|3|c"), sales.rows());
  }

  @Test
  void aBatchThatWasOvertakenByACompactionIsStagedAgain() {
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    sales.file(Sales.update(20, 1, 2, "b"), Sales.insert(21, 2, 3, "c"), Sales.delete(22, 9));

    TableReport report = sales.mergeBesideACompaction();

    assertEquals(TableReport.MERGED, report.status());
    assertEquals(3, report.counts().total());
    assertEquals(List.of("1|2|b", "2|3|c"), sales.rows());
    assertEquals(Set.of("main"), table().refs().keySet());
  }

  @Test
  void aBatchThatChangesNothingIsStillRemembered() {
    sales.file(Sales.insert(20, 1, 1, "a"));
    sales.merge();
    sales.file(Sales.insert(10, 1, 1, "late"));
    sales.merge();

    assertEquals("0", table().currentSnapshot().summary().get(SummaryKeys.APPLIED));
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
  }

  private Table table() {
    return sales.lake().catalog().load(sales.lake().catalog().mirror(Sales.TOKEN));
  }

  /**
   * All rows with these columns are quarantined, the exit code demands a decision, and other rows
   * are merged.
   */
  private static void assertWait(long records, String why, TableReport report) {
    assertEquals(records, report.counts().quarantined());
    assertEquals(records, report.unfitShapes());
    assertEquals(ExitCode.DECISION, MergeCommand.exitCode(List.of(TableResult.of(report))));
    assertEquals(
        1,
        report.notes().stream()
            .filter(
                note -> note.startsWith(records + " rows were quarantined") && note.contains(why))
            .count(),
        () -> report.notes().toString());
  }

  private List<String> quarantine() {
    String table = LakeCatalog.sqlName(sales.lake().catalog().quarantine());
    return sales.lake().query("SELECT line, reason FROM " + table + " ORDER BY line").stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
