package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.console.OperatorException;
import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.BatchId;
import dev.firn.engine.progress.ProgressKeys;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.publish.Fence;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.quarantine.Quarantine;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history of its batches that a table has, whatever other tools do to it. */
@OnSpark
class ProgressTest {

  private TestLake lake;
  private RawFiles raw;

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    raw = new RawFiles(empty.raw());
    raw.schema(Sales.SCHEMA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "sql"})
  void propertiesAndSummaryArePublishedInOneCommit(String engine) {
    EngineLake sales = engine(engine);
    batch(sales, 1);
    batch(sales, 2);
    Table table = sales.table();
    Snapshot newest = table.currentSnapshot();

    assertEquals(
        newest.summary().get(SummaryKeys.BATCH), table.properties().get(ProgressKeys.BATCH));
    assertEquals(Long.toString(newest.snapshotId()), table.properties().get(ProgressKeys.SNAPSHOT));
    assertEquals(
        Long.toString(newest.sequenceNumber()), table.properties().get(ProgressKeys.SEQUENCE));
    assertEquals("1/0-14/0", table.properties().get(ProgressKeys.MERGED_UP_TO));
    TableMetadata present = ((HasTableOperations) table).operations().current();
    TableMetadata before =
        TableMetadataParser.read(
            table.io(), present.previousFiles().get(present.previousFiles().size() - 1).file());
    assertNotEquals(newest.snapshotId(), before.currentSnapshot().snapshotId());
    assertNotEquals(
        newest.summary().get(SummaryKeys.BATCH), before.properties().get(ProgressKeys.BATCH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "sql"})
  void nothingIsReadAgainAfterACompactionAndAnExpiryOfAllSnapshots(String engine) {
    EngineLake sales = engine(engine);
    batch(sales, 1);
    batch(sales, 2);
    for (int round = 0; round < 2; round++) {
      sales.compact();
      sales.expire();
      assertEquals(1, List.copyOf((Collection<?>) sales.table().snapshots()).size());
      assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    }
    // The progress is tied to the present snapshot by now: earlier metadata is not needed.
    removeEarlierMetadata(sales.table());
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    assertEquals(1, batch(sales, 3).files());
    assertEquals(List.of("1|1|a", "2|2|a", "3|3|a"), rows());
  }

  @Test
  void exactlyTheBatchesThatWereTakenBackAreReadAgain() {
    EngineLake sales = engine("direct");
    batch(sales, 1);
    long first = sales.table().currentSnapshot().snapshotId();
    batch(sales, 2);
    batch(sales, 3);
    sales.table().manageSnapshots().rollbackTo(first).commit();

    TableReport report = sales.mergeInBatches(1, () -> assertEquals(List.of("1|1|a"), rows()));

    assertEquals(2, report.files());
    assertTrue(report.notes().toString().contains("rolled back to a state before batch"));
    assertEquals(List.of("1|1|a", "2|2|a", "3|3|a"), rows());
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
  }

  @Test
  void theSameWhereACompactionAndAnExpiryFollowed() {
    EngineLake sales = engine("direct");
    batch(sales, 1);
    long first = sales.table().currentSnapshot().snapshotId();
    batch(sales, 2);
    batch(sales, 3);
    sales.table().manageSnapshots().rollbackTo(first).commit();
    sales.compact();
    sales.expire();

    assertEquals(2, sales.merge().files());
    assertEquals(List.of("1|1|a", "2|2|a", "3|3|a"), rows());
  }

  @Test
  void aTableThatWasTakenBackBeforeItsFirstBatchBeginsFromNothing() {
    EngineLake sales = engine("direct");
    batch(sales, 1);
    long empty = sales.table().currentSnapshot().parentId();
    batch(sales, 2);
    sales.table().manageSnapshots().rollbackTo(empty).commit();

    assertEquals(2, sales.merge().files());
    assertEquals(List.of("1|1|a", "2|2|a"), rows());
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "sql"})
  void whatIsReadAgainAsAWholeIsSeenAtItsEndOnly(String engine) {
    EngineLake sales = engine(engine);
    raw.file(Sales.insert(10, 1, 1, "deleted"));
    raw.file(Sales.insert(11, 2, 2, "b"));
    raw.file(Sales.delete(30, 1));
    sales.merge();
    sales.forget();
    loseProgress(sales);
    List<String> seen = new ArrayList<>();

    TableReport report = sales.mergeInBatches(1, () -> seen.addAll(rows()));

    assertEquals(3, report.files());
    assertTrue(report.notes().toString().contains("it is unknown which files were merged so far"));
    assertEquals(List.of("2|2|b"), seen, "what a reader saw before each commit");
    assertEquals(List.of("2|2|b"), rows());
  }

  @Test
  void aBatchThatWasPublishedIsFoundAfterItsSnapshotIsGone() {
    EngineLake sales = engine("direct");
    batch(sales, 1);
    String published = BatchHistory.of(sales.table()).batch();
    sales.compact();
    sales.expire();

    assertTrue(BatchHistory.holds(sales.table(), published));
    assertFalse(BatchHistory.holds(sales.table(), "another"));
    assertThrows(
        FencedException.class,
        () -> Fence.raise(sales.table(), new BatchId("20260101t000000z_00000000"), ""));
  }

  @Test
  void aTableOfANewerFirnIsRefusedByName() {
    EngineLake sales = engine("direct");
    batch(sales, 1);
    sales.table().updateProperties().set(ProgressKeys.FORMAT_VERSION, "3").commit();

    OperatorException refused = assertThrows(OperatorException.class, () -> batch(sales, 2));

    assertTrue(refused.getMessage().contains(".sales: a newer version of Firn wrote it"));
    assertTrue(
        refused.getMessage().contains("version is 3, this version of Firn supports up to 2"));
    assertEquals(List.of("1|1|a"), rows());
  }

  @Test
  void aManifestDoesNotGrowWithTheFilesOfTheLookBack() throws IOException {
    EngineLake sales = engine("direct");
    for (int i = 0; i < 300; i++) {
      raw.file(Sales.insert(10, 1, 1, "a"));
    }
    sales.merge();
    long late = batch(sales, 2).files();

    assertEquals(1, late);
    Path newest = sales.manifests().resolve(BatchHistory.of(sales.table()).batch() + ".json");
    assertTrue(Files.size(newest) < 1500, "bytes: " + Files.size(newest));
  }

  @Test
  void hoursBeforeTheLookBackAreKeptInAFileOfTheirOwn() {
    EngineLake sales = engine("direct");
    for (int hour = 0; hour < 60; hour++) {
      raw.file(
          Sales.insert(10, 1, 1, "a"),
          Sales.HOUR.minus(Duration.ofDays(20)).plus(Duration.ofHours(hour)));
    }
    batch(sales, 1);
    assertEquals(61, progress().hours().hours().size());
    // What was read of the hours before the look-back is not in the manifests any more.
    batch(sales, 2);
    assertEquals(1, progress().hours().hours().size());
    assertEquals(61, progress().allHours().hours().size());
  }

  @Test
  void aTableWhoseNewestCommitLiesInTheFutureIsMergedIntoAllTheSame() throws IOException {
    for (String engine : List.of("sql", "direct")) {
      EngineLake sales = engine(engine);
      raw.file(Sales.delete(1, 9));
      batch(sales, 1);
      for (TableIdentifier each :
          List.of(
              lake.catalog().mirror(Sales.TOKEN),
              lake.catalog().tombstones(Sales.TOKEN),
              lake.catalog().quarantine())) {
        setAhead(lake.catalog().load(each), Duration.ofDays(7));
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> sales.table().updateProperties().set("a", "b").commit());

      raw.file(Sales.delete(2, 9));
      new Quarantine(lake.spark(), lake.catalog()).createIfMissing();
      assertEquals(2, batch(sales, 2).files());
      assertEquals(List.of("1|1|a", "2|2|a"), rows());
      assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    }
  }

  @Test
  void aNewestCommitInTheFutureAndAnExpiredBatchDoNotStopTheMerge() throws IOException {
    EngineLake sales = engine("direct");
    batch(sales, 1);
    sales.compact();
    sales.expire();
    setAhead(sales.table(), Duration.ofDays(7));

    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    assertEquals(1, batch(sales, 2).files());
    assertEquals(List.of("1|1|a", "2|2|a"), rows());
  }

  /** A table as a machine with a fast clock leaves it. */
  private static void setAhead(Table table, Duration time) throws IOException {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    Path file = Path.of(metadata.metadataFileLocation());
    ObjectMapper json = new ObjectMapper();
    ObjectNode node = (ObjectNode) json.readTree(file.toFile());
    long ahead = metadata.lastUpdatedMillis() + time.toMillis();
    node.put("last-updated-ms", ahead);
    for (JsonNode entry : node.withArray("snapshot-log")) {
      ((ObjectNode) entry).put("timestamp-ms", ahead);
    }
    json.writeValue(file.toFile(), node);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private TableProgress progress() {
    return TableProgress.of(lake.catalog(), Sales.TOKEN, Duration.ofDays(7));
  }

  /** One key a batch. */
  private TableReport batch(EngineLake sales, int number) {
    raw.file(Sales.insert(10L * number, number, number, "a"));
    return sales.merge();
  }

  private EngineLake engine(String name) {
    return new EngineLake(name, lake, Sales.TOKEN, Map.of());
  }

  private void loseProgress(EngineLake sales) {
    sales.compact();
    sales.expire();
    removeEarlierMetadata(sales.table());
    deleteAll(sales.manifests());
  }

  private static void removeEarlierMetadata(Table table) {
    ((HasTableOperations) table)
        .operations()
        .current()
        .previousFiles()
        .forEach(entry -> Path.of(entry.file()).toFile().delete());
  }

  private static void deleteAll(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> rows() {
    return lake.query("SELECT id, qty, note FROM " + lake.table("sales") + " ORDER BY id").stream()
        .map(row -> row.mkString("|"))
        .toList();
  }
}
