package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.SnapshotRecord.Run;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class SnapshotTest {

  /** One row a block: two ranges of 8192 blocks, the second one short. */
  private static final String TWO_RANGES =
      "CREATE TABLE wide (id int PRIMARY KEY, n int, pad text) WITH (fillfactor = 10)";

  private static final int ROWS = 8300;

  @TempDir Path raw;
  private Scenario scenario;
  private SourceRows source;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
    source = new SourceRows(database);
  }

  @Test
  void everyRowOfEveryRangeIsCopiedOnceWithAPositionOfItsOwn() {
    twoRanges();

    scenario.captureOnce();

    List<ChangeEvent> events = scenario.events();
    assertEquals(ROWS, events.size());
    assertTrue(events.stream().allMatch(event -> event.origin() == Origin.SNAPSHOT));
    assertEquals(List.of(), unaccounted("wide", events));
    assertEquals(ROWS, events.stream().map(ChangeEvent::position).distinct().count());
    assertEquals(0, differences("wide"));
  }

  @Test
  void afterABreakFinishedRangesAreNotCopiedAgainAndNothingThatMovedIsMissed() {
    ServerVersion.assume(scenario.database(), 14, "ranges of a table");
    twoRanges();
    String oldestChange =
        scenario.queryText(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295");
    scenario.captureOnce();
    List<ChangeEvent> before = scenario.arrivals();
    // As if it had died with the first range copied; the second was never sent.
    scenario.execute(
        "UPDATE firn.captured_table SET complete = false, oldest_change = " + oldestChange,
        "INSERT INTO firn.snapshot_range SELECT slot, table_schema, table_name, table_oid, 0,"
            + " pg_relation_filenode(table_oid), since - 1, 1, 8192 FROM firn.captured_table",
        // Room in the first range, and rows that move there from the second.
        "DELETE FROM wide WHERE id <= 100",
        "VACUUM wide",
        "UPDATE wide SET n = -1 WHERE id > 8250");
    List<String> notCopied =
        List.of(
            scenario
                .queryText("SELECT string_agg(id::text, ',') FROM wide WHERE id > 8192")
                .split(",", -1));

    scenario.captureOnce();

    List<ChangeEvent> after = scenario.arrivals();
    after.removeAll(before);
    long copied = after.stream().filter(e -> e.operation() == Operation.READ).count();
    assertTrue(copied < 1000, "finished ranges were copied again: " + copied);
    List<SnapshotRecord> records = scenario.snapshotRecords("wide");
    assertEquals(2, records.size(), "a record of the copy before, and one of this");
    assertEquals(2, records.get(1).runs().stream().map(Run::lsn).distinct().count());
    assertEquals(List.of(), unaccounted("wide", scenario.arrivals()));
    List<ChangeEvent> arrived =
        before.stream()
            .filter(e -> !notCopied.contains(String.valueOf(e.row().key().get("id"))))
            .collect(Collectors.toList());
    // The events of the stream too, whose updates alone do not make rows: pad was not changed.
    arrived.addAll(after.stream().filter(event -> event.operation() != Operation.UPDATE).toList());
    assertEquals(0, source.differences("wide", Fold.BY_POSITION.rows("wide", arrived).values()));
    arrived.addAll(after);
    assertEquals(0, source.differences("wide", Fold.BY_POSITION.rows("wide", arrived).values()));
  }

  @Test
  void aTableThatIsAddedLaterIsCopiedWhileTheStreamContinues() {
    scenario.table("sales", "id int PRIMARY KEY, qty int").published().captureOnce();
    scenario.table("late", "id int PRIMARY KEY");
    scenario.table("log", "line text");
    scenario.execute(
        "ALTER TABLE log REPLICA IDENTITY FULL",
        "INSERT INTO late VALUES (1), (2)",
        "ALTER PUBLICATION firn ADD TABLE late, log",
        "INSERT INTO late VALUES (3)",
        "INSERT INTO log VALUES ('in the snapshot and the stream')",
        "DELETE FROM late WHERE id = 1");

    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      scenario.execute("INSERT INTO sales VALUES (7, 7)", "INSERT INTO log VALUES ('later')");
      capture.until(
          () ->
              scenario.queryText("SELECT bool_and(complete) FROM firn.captured_table").equals("t"));
      capture.until(() -> scenario.events().size() >= 6);
    }

    assertEquals(0, differences("sales"));
    assertEquals(0, differences("late"));
    assertEquals(2, scenario.snapshotRecords("late").get(0).rows());
    assertEquals(0, scenario.snapshotRecords("sales").get(0).rows(), "of an empty table too");
    assertEquals(
        List.of(Origin.SNAPSHOT, Origin.SNAPSHOT, Origin.LOG),
        scenario.events().stream()
            .filter(event -> event.table().value().equals("log"))
            .map(ChangeEvent::origin)
            .toList());
    assertEquals(
        List.of("t", "r {line=in the snapshot and the stream}", "c {line=later}"),
        scenario.told("log"));
  }

  @Test
  void oneTableIsCopiedAgainAndForgetsWhatIsGone() {
    scenario.table("sales", "id int PRIMARY KEY").table("store", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO sales VALUES (1), (2)", "INSERT INTO store VALUES (1)");
    scenario.captureOnce();
    scenario.execute("DELETE FROM sales WHERE id = 1");

    scenario.resnapshot("public.sales");

    assertEquals(
        List.of("r {id=1} {id=1}", "r {id=2} {id=2}", "t", "r {id=2} {id=2}"),
        scenario.told("sales"));
    assertEquals(List.of("r {id=1} {id=1}"), scenario.told("store"));
    List<ChangeEvent> sales =
        scenario.events().stream().filter(e -> e.table().value().equals("sales")).toList();
    assertTrue(sales.stream().allMatch(event -> event.origin() == Origin.SNAPSHOT), "the t too");
    assertEquals(List.of(), unaccounted("sales", sales));
    assertEquals(2, scenario.snapshotRecords("sales").size());
    assertEquals(1, scenario.snapshotRecords("store").size());
  }

  @Test
  void aPartitionedTableIsCapturedAsOne() {
    scenario.execute(
        "CREATE TABLE parts (id int, region text, PRIMARY KEY (id, region))"
            + " PARTITION BY LIST (region)",
        "CREATE TABLE parts_a PARTITION OF parts FOR VALUES IN ('a')",
        "CREATE TABLE parts_b (region text NOT NULL, id int NOT NULL)",
        "ALTER TABLE parts ATTACH PARTITION parts_b FOR VALUES IN ('b')",
        "INSERT INTO parts VALUES (1, 'a'), (1, 'b'), (2, 'b')");
    scenario.captured("parts").published();
    scenario.execute("ALTER PUBLICATION firn SET (publish_via_partition_root = true)");
    scenario.captureOnce();
    scenario.execute(
        "INSERT INTO parts VALUES (3, 'a')",
        "UPDATE parts SET region = 'a' WHERE id = 2",
        "DELETE FROM parts WHERE id = 1 AND region = 'b'");

    scenario.captureOnce();

    assertEquals(0, differences("parts"));
    assertEquals(7, scenario.events().size());
  }

  @Test
  void aPartitionedTableWithoutPartitionsIsCompleteAtOnce() {
    scenario.execute("CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)");
    scenario.captured("parts").published();
    scenario.execute("ALTER PUBLICATION firn SET (publish_via_partition_root = true)");

    scenario.captureOnce();

    assertEquals(0, scenario.snapshotRecords("parts").get(0).rows());
    assertEquals("t", scenario.queryText("SELECT bool_and(complete) FROM firn.captured_table"));
  }

  @Test
  void aCopyThatAnOlderVersionBeganIsBegunAgain() {
    twoRanges();
    scenario.captureOnce();
    scenario.execute(
        "UPDATE firn.captured_table SET complete = false",
        "ALTER TABLE firn.snapshot_range DROP COLUMN lsn, DROP COLUMN first_seq, DROP COLUMN rows",
        "INSERT INTO firn.snapshot_range SELECT slot, table_schema, table_name, table_oid, 0,"
            + " pg_relation_filenode(table_oid) FROM firn.captured_table");

    scenario.captureOnce();

    assertEquals(ROWS, scenario.snapshotRecords("wide").get(1).rows());
    assertEquals(2 * ROWS + 1, scenario.events().size());
  }

  @Test
  void anotherSlotsCopyOfAnOlderVersionIsNotDisturbed() {
    String insert = "INSERT INTO firn.snapshot_range VALUES ('other', 'public', 'sales', 1, %s, 2)";
    scenario.table("sales", "id int PRIMARY KEY").published().captureOnce();
    scenario.execute(
        "ALTER TABLE firn.snapshot_range DROP COLUMN lsn, DROP COLUMN first_seq, DROP COLUMN rows",
        "INSERT INTO firn.capture (slot, epoch, system_identifier, timeline, snapshot_complete)"
            + " VALUES ('other', 1, '1', 1, true)",
        "INSERT INTO firn.captured_table VALUES ('other', 'public', 'sales', 1)",
        insert.formatted(0));

    scenario.captureOnce();
    scenario.execute(insert.formatted(8192));

    assertEquals("2", scenario.queryText("SELECT count(*) FROM firn.snapshot_range"));
  }

  /** The rows that the last record names and that no event is. */
  private List<Position> unaccounted(String table, List<ChangeEvent> events) {
    List<SnapshotRecord> records = scenario.snapshotRecords(table);
    SnapshotRecord record = records.get(records.size() - 1);
    List<Position> named = new ArrayList<>();
    for (Run run : record.runs()) {
      for (long i = 0; i < run.rows(); i++) {
        named.add(new Position(record.epoch(), run.lsn(), run.firstSeq() + i));
      }
    }
    assertEquals(named.size(), named.stream().distinct().count());
    Set<Position> arrived = events.stream().map(ChangeEvent::position).collect(Collectors.toSet());
    return named.stream().filter(position -> !arrived.contains(position)).toList();
  }

  private void twoRanges() {
    scenario.execute(
        TWO_RANGES,
        "INSERT INTO wide SELECT i, 0, repeat('x', 700) FROM generate_series(1, %d) i"
            .formatted(ROWS));
    scenario.captured("wide").published();
  }

  private long differences(String table) {
    return scenario.differences(table);
  }
}
