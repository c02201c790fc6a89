package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.SnapshotRecord;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.progress.ProgressKeys;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expired tombstones, and old inserts that arrive again. */
@OnSpark
class ForgettingTest {

  private static final Duration TEN_DAYS = Duration.ofDays(10);
  private static final ChangeEvent OLD = Sales.insert(10, 1, 1, "deleted long ago");

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
  void anOldInsertDoesNotBringARowBackWhoseDeleteIsForgotten(String engine) {
    mergeDeletesAndForget(engine);
    EngineLake sales = after(engine, TEN_DAYS);
    assertEquals(Map.of(), sales.tombstones(List.of("id")));
    assertEquals("1/0-1E/0", sales.table().properties().get(ProgressKeys.FORGOTTEN_BELOW));

    // It arrives late, then the same file is copied, together with an event that can be judged.
    later(OLD, TEN_DAYS);
    later(Sales.insert(40, 3, 3, "new"), TEN_DAYS);
    later(Sales.update(29, 2, 9, "older than its row"), TEN_DAYS);
    TableReport report = sales.merge();
    assertEquals(new EventCounts(1, 1, 0, 1), report.counts());
    assertTrue(
        report.notes().toString().contains("1 keys were quarantined as older-than-memory"),
        report.notes().toString());
    later(OLD, TEN_DAYS);
    assertEquals(new EventCounts(0, 0, 0, 1), sales.merge().counts());

    assertEquals(List.of("2|2|b", "3|3|new"), rows());
    assertEquals(List.of("id=1 at 1/0-A/0"), sales.olderThanMemory());
  }

  @Test
  void aTaskNamesAThousandKeysThatCannotBeJudgedAndCountsTheOthers() {
    mergeDeletesAndForget("direct");
    EngineLake sales = after("direct", TEN_DAYS);
    raw.file(
        IntStream.range(100, 1200).mapToObj(id -> Sales.insert(10, id, 1, "old")).toList(),
        Sales.HOUR.plus(TEN_DAYS));

    assertEquals(new EventCounts(0, 0, 0, 1100), sales.merge().counts());
    List<String> named = sales.olderThanMemory();
    assertEquals(1001, named.size());
    assertEquals(1, named.stream().filter(name -> name.startsWith("batch ")).count());
    assertEquals(List.of("2|2|b"), rows());
  }

  @Test
  void readingEverythingAgainDoesNotBringItBackEither() {
    mergeDeletesAndForget("direct");
    EngineLake sales = after("direct", TEN_DAYS);
    later(OLD, TEN_DAYS);
    removeFiles(lake.raw().resolve("sales"), "delete-");
    removeFiles(Path.of(lake.config().warehouse(), lake.config().ownDatabase()), "20");

    assertEquals(new EventCounts(0, 1, 1, 2), sales.merge().counts());
    assertEquals(List.of("2|2|b"), rows());
  }

  @Test
  void noDeleteIsForgottenWhileACopyOfTheTableIsNotComplete() {
    EngineLake sales = after("direct", Duration.ZERO);
    raw.file(copied(Sales.insert(5, 1, 1, "copied")), Sales.delete(30, 2));
    sales.merge();
    later(Sales.update(31, 1, 2, "b"), TEN_DAYS);
    after("direct", TEN_DAYS).merge();
    assertEquals(1, sales.tombstones(List.of("id")).size());

    raw.record(new SnapshotRecord(Sales.TOKEN, 1, 5, List.of(new SnapshotRecord.Run(5, 0, 1))));
    later(Sales.update(32, 1, 3, "c"), TEN_DAYS);
    after("direct", TEN_DAYS).merge();
    assertEquals(Map.of(), sales.tombstones(List.of("id")));
  }

  private static ChangeEvent copied(ChangeEvent event) {
    return new ChangeEvent(
        event.source(),
        Operation.READ,
        event.position(),
        event.committedAt(),
        Origin.SNAPSHOT,
        event.row());
  }

  @Test
  void aMachineWhoseClockRunsAheadForgetsNothing() {
    raw.file(OLD, Sales.delete(30, 1));
    after("direct", Duration.ZERO).merge();
    raw.file(Sales.insert(31, 2, 2, "b"));
    after("direct", Duration.ofDays(100)).merge();

    raw.file(OLD);
    assertEquals(new EventCounts(0, 1, 0, 0), after("direct", Duration.ZERO).merge().counts());
  }

  @Test
  void aMachineWithASlowClockRecordsNoDeleteAsOld() {
    raw.file(OLD, Sales.delete(30, 1));
    after("direct", Duration.ofDays(-9)).merge();
    EngineLake sales = after("direct", Duration.ZERO);
    raw.file(Sales.insert(31, 2, 2, "b"));
    sales.merge();

    raw.file(OLD);
    assertEquals(new EventCounts(0, 1, 0, 0), sales.merge().counts());
  }

  /** Leaves one row, and one that was deleted ten days before the newest file. */
  private void mergeDeletesAndForget(String engine) {
    EngineLake sales = after(engine, Duration.ZERO);
    raw.file(OLD, Sales.insert(11, 2, 2, "a"));
    sales.merge();
    Path file = lake.raw().resolve(raw.file(Sales.delete(30, 1)));
    assertTrue(
        file.toFile().renameTo(file.resolveSibling("delete-" + file.getFileName()).toFile()));
    sales.merge();
    assertEquals(
        Map.of("[1]", "Tombstone[at=1/0-1E/0, committedAt=" + Sales.HOUR + "]"),
        sales.tombstones(List.of("id")));
    later(Sales.update(31, 2, 2, "b"), TEN_DAYS);
    after(engine, TEN_DAYS).merge();
  }

  private EngineLake after(String engine, Duration time) {
    Instant now = Sales.HOUR.plus(Duration.ofHours(1)).plus(time);
    return new EngineLake(engine, lake, Sales.TOKEN, Map.of(), Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A file in the hour folder of a later time: the folder does not order events. */
  private void later(ChangeEvent event, Duration time) {
    raw.file(event, Sales.HOUR.plus(time));
  }

  private static void removeFiles(Path folder, String prefix) {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .forEach(file -> file.toFile().delete());
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
