package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.preflight.Grants;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableTraits;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.fault.Failpoint;
import dev.firn.pipeline.QualifiedName;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitioned tables, captured by a role that has the printed grants and no others. */
@OnPostgres
class PartitionedTableTest {

  @TempDir Path raw;
  private Scenario scenario;
  private SourceRows source;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
    source = new SourceRows(database);
  }

  @Test
  void theGrantOnTheTableIsEnoughForItsPartitionsNowAndLater() {
    scenario.execute(
        "CREATE TABLE parts (id int, d int, v text, PRIMARY KEY (id, d)) PARTITION BY RANGE (d)",
        "CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "CREATE SCHEMA hidden",
        "CREATE TABLE hidden.part_2 (v text, d int NOT NULL, id int NOT NULL, gone int)",
        "ALTER TABLE hidden.part_2 DROP gone",
        "ALTER TABLE parts ATTACH PARTITION hidden.part_2 FOR VALUES FROM (10) TO (20)",
        "ALTER TABLE part_1 ENABLE ROW LEVEL SECURITY",
        "CREATE TABLE part_3 PARTITION OF parts FOR VALUES FROM (20) TO (40) PARTITION BY LIST (d)",
        "CREATE TABLE part_3_default PARTITION OF part_3 DEFAULT",
        "INSERT INTO parts VALUES (1, 1, 'a'), (1, 11, 'b'), (1, 21, 'c')");
    captureAsAGrantedRole("parts");

    scenario.execute(
        "CREATE TABLE part_4 PARTITION OF parts FOR VALUES FROM (40) TO (50)",
        "INSERT INTO parts VALUES (1, 41, 'd')",
        "UPDATE parts SET d = 42 WHERE d = 11");
    scenario.captureOnce();
    assertEquals(0, differences("parts"));

    scenario.resnapshot("public.parts");
    assertEquals(0, differences("parts"));
    assertEquals(List.of("r", "r", "r", "c", "d", "c", "t", "r", "r", "r", "r"), operations());
  }

  @Test
  void aCopyThroughTheTableContinuesAfterABreak() {
    ServerVersion.assume(scenario.database(), 14, "ranges of a table");
    // One row a block; a range is 128 blocks of each of 64 partitions, and there are three.
    scenario.execute(
        "CREATE TABLE parts (id int, d int, pad text, PRIMARY KEY (id, d)) PARTITION BY HASH (d)",
        "DO $$ BEGIN FOR i IN 0..63 LOOP EXECUTE format('CREATE TABLE part_%1$s PARTITION OF parts"
            + " FOR VALUES WITH (MODULUS 64, REMAINDER %1$s) WITH (fillfactor = 10)', i);"
            + " END LOOP; END $$",
        "INSERT INTO parts SELECT i, i, repeat('x', 700) FROM generate_series(1, 18000) i");
    Failpoint.CAPTURE_RANGE_RECORDED.arm(
        () -> {
          throw new IllegalStateException("broken off");
        });
    try {
      assertThrows(IllegalStateException.class, () -> captureAsAGrantedRole("parts"));
    } finally {
      Failpoint.CAPTURE_RANGE_RECORDED.disarm();
    }
    int copied = scenario.events().size();
    // Rows leave a range that was not copied for one that was, in another partition.
    scenario.execute(
        "DELETE FROM parts WHERE id <= 300",
        "VACUUM parts",
        "UPDATE parts SET d = d + 1 WHERE id > 17900",
        "INSERT INTO parts VALUES (18001, 1, 'new')");

    scenario.captureOnce();

    List<ChangeEvent> events = scenario.events();
    assertTrue(copied > 8_000 && copied < 17_999, "copied before the break: " + copied);
    int afterwards = events.size() - copied;
    assertTrue(afterwards < 11_000, "the finished range was copied again: " + afterwards);
    assertEquals(events.size(), events.stream().map(ChangeEvent::position).distinct().count());
    assertEquals(0, differences("parts"));
  }

  @Test
  void aPartitionMayLogMoreThanItsTablePromises() {
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY, n int, big text) PARTITION BY RANGE (id)",
        "ALTER TABLE parts ALTER big SET STORAGE EXTERNAL",
        "CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "ALTER TABLE part_1 REPLICA IDENTITY FULL",
        "INSERT INTO parts SELECT i, 0, repeat('x', 3000) FROM generate_series(1, 4) i");
    captureAsAGrantedRole("parts");

    scenario.execute(
        "UPDATE parts SET n = 1",
        "UPDATE parts SET id = 6 WHERE id = 2",
        "DELETE FROM parts WHERE id = 3");
    scenario.captureOnce();

    assertEquals(0, differences("parts"));
  }

  @Test
  void aPartitionThatIsNotLoggedIsRefusedBeforeThereIsASlot() {
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE UNLOGGED TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)");

    OperatorException refusal =
        assertThrows(OperatorException.class, () -> captureAsAGrantedRole("parts"));

    assertEquals(
        "Cannot capture table public.parts: changes of UNLOGGED partitions are not in the log:"
            + " public.part_1. ALTER TABLE public.part_1 SET LOGGED; If the table is already captured, copy it again: firn capture --resnapshot parts.",
        refusal.getMessage());
    assertEquals("0", scenario.queryText(slots()));
  }

  @Test
  void aPartitionWithoutLogPutsItsTableInDoubtAndNoOther() {
    twoTables("");
    scenario.execute(
        "CREATE UNLOGGED TABLE \"Part 2\" PARTITION OF parts FOR VALUES FROM (10) TO (20)",
        "INSERT INTO parts VALUES (2, 0), (12, 0)",
        "INSERT INTO sales VALUES (2)");

    CaptureReport report = scenario.captureOnce();

    String decision = report.decision().orElseThrow().getMessage();
    assertTrue(
        decision.contains(
            "changes of partitions that are UNLOGGED or foreign tables are not in the log:"
                + " public.\"Part 2\". Run 'firn capture --resnapshot parts'"),
        decision);
    assertEquals(List.of("r {id=1} {id=1}", "c {id=2} {id=2}"), scenario.told("sales"));
    assertEquals(List.of("r {id=1} {id=1, n=0}", "c {id=2} {id=2, n=0}"), scenario.told("parts"));

    assertThrows(OperatorException.class, () -> scenario.resnapshot("public.parts"));
    scenario.execute("ALTER TABLE \"Part 2\" SET LOGGED");
    assertEquals(List.of(), scenario.resnapshot("public.parts").decisions());
    assertEquals(0, differences("parts"));
  }

  @Test
  void aPartitionWithoutLogIsNoticedWhileCaptureRuns() {
    twoTables("");
    scenario.execute(
        "CREATE UNLOGGED TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20)");
    try (Source open = Source.open(scenario.config().source())) {
      TableTroubles troubles =
          new TableTroubles(open.snapshots(), scenario.config().source().tables(), text -> {});
      PartitionWatch watch = new PartitionWatch(open, troubles, () -> 0);

      watch.look();
      watch.tick();

      assertEquals(List.of("parts"), troubles.tokens());
    }
  }

  @Test
  void filesOfPartitionsAreLookedAtWithTheGrantOnTheTable() {
    twoTables("");
    scenario.execute("VACUUM FULL part_1");
    assertEquals(List.of(), scenario.captureOnce().decisions());

    rewrite("part_1");
    assertTrue(
        scenario.captureOnce().decisions().get(0).contains(TableTraits.REWRITTEN),
        "a partition was rewritten");
  }

  @Test
  void rowsThatAPartitionHadWhenItWasAttachedAreNoticed() {
    twoTables("");
    scenario.execute(
        "CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20)",
        "CREATE TABLE part_3 (LIKE parts)",
        "ALTER TABLE parts ATTACH PARTITION part_3 FOR VALUES FROM (20) TO (30)",
        "INSERT INTO parts VALUES (11, 1), (21, 1)");
    assertEquals(List.of(), scenario.captureOnce().decisions());

    scenario.execute(
        "CREATE TABLE part_4 (id int NOT NULL, n int) PARTITION BY RANGE (id)",
        "CREATE TABLE \"Part 4\" PARTITION OF part_4 FOR VALUES FROM (30) TO (40)",
        "INSERT INTO part_4 VALUES (31, 1)",
        "ALTER TABLE parts ATTACH PARTITION part_4 FOR VALUES FROM (30) TO (40)");
    String decision = scenario.captureOnce().decisions().get(0);
    assertTrue(
        decision.contains(
            "partition public.\"Part 4\" was attached with rows, which are not in the log"),
        decision);

    assertEquals(List.of(), scenario.resnapshot("public.parts").decisions());
    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(0, differences("parts"));
  }

  @Test
  void rowsOfTheTransactionThatAttachedAPartitionAreNoticed() {
    twoTables("");
    scenario.execute(
        "BEGIN; CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20);"
            + " INSERT INTO parts VALUES (11, 1); COMMIT");
    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(0, differences("parts"));

    scenario.execute(
        "BEGIN; CREATE TABLE part_3 (LIKE parts); INSERT INTO part_3 VALUES (21, 1);"
            + " ALTER TABLE parts ATTACH PARTITION part_3 FOR VALUES FROM (20) TO (30); COMMIT");
    assertAttachedWithRows("part_3");
  }

  @Test
  void aPartitionThatWasMadeInASavepointHadNoRows() {
    twoTables("");
    scenario.execute(
        "DO $$ BEGIN"
            + " BEGIN CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20);"
            + " INSERT INTO parts VALUES (11, 1); EXCEPTION WHEN division_by_zero THEN END;"
            + " INSERT INTO parts VALUES (12, 1);"
            + " BEGIN INSERT INTO parts VALUES (13, 1); EXCEPTION WHEN division_by_zero THEN END;"
            + " BEGIN CREATE TABLE part_3 (LIKE parts);"
            + " ALTER TABLE parts ATTACH PARTITION part_3 FOR VALUES FROM (20) TO (30);"
            + " EXCEPTION WHEN division_by_zero THEN END;"
            + " INSERT INTO parts VALUES (21, 1); END $$");

    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(0, differences("parts"));
  }

  @Test
  void rowsOfATransactionThatIsOlderThanAPartitionAreInTheLog() throws SQLException {
    twoTables("");
    try (Connection other = scenario.database().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("INSERT INTO sales VALUES (2)");
      scenario.execute("CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20)");
      statement.execute("INSERT INTO parts VALUES (11, 1)");
      other.commit();
    }

    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(0, differences("parts"));
  }

  @Test
  void rowsFromBeforeAnAttachInASavepointAreNoticed() {
    twoTables("");
    scenario.execute(
        "BEGIN; SAVEPOINT a; CREATE TABLE part_2 (LIKE parts); INSERT INTO part_2 VALUES (11, 1);"
            + " ALTER TABLE parts ATTACH PARTITION part_2 FOR VALUES FROM (10) TO (20); COMMIT");
    assertAttachedWithRows("part_2");

    scenario.execute(
        "BEGIN; CREATE TABLE part_3 (LIKE parts); SAVEPOINT a; INSERT INTO part_3 VALUES (21, 1);"
            + " RELEASE a; SAVEPOINT b;"
            + " ALTER TABLE parts ATTACH PARTITION part_3 FOR VALUES FROM (20) TO (30); COMMIT");
    assertAttachedWithRows("part_3");
  }

  @Test
  void rowsOfAPartitionThatWasMadeUnloggedAreNoticedWhenItIsLogged() {
    twoTables("");
    scenario.execute(
        "CREATE UNLOGGED TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20)",
        "INSERT INTO parts VALUES (11, 1)",
        "ALTER TABLE part_2 SET LOGGED");

    String decision = scenario.captureOnce().decisions().get(0);
    assertTrue(decision.contains(TableTraits.REWRITTEN), decision);
  }

  private void assertAttachedWithRows(String partition) {
    String decision = scenario.captureOnce().decisions().get(0);
    assertTrue(
        decision.contains("partition public.%s was attached with rows".formatted(partition)),
        decision);
    assertTrue(decision.contains("nothing is missing if it was empty at that time"), decision);
    assertEquals(List.of(), scenario.resnapshot("public.parts").decisions());
    assertEquals(0, differences("parts"));
  }

  @Test
  void noLookWaitsForALockOnAPartition() throws SQLException {
    twoTables("");
    try (Connection other = scenario.database().connect();
        Statement statement = other.createStatement();
        Source source = Source.open(scenario.config().source())) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE part_1 IN ACCESS EXCLUSIVE MODE");
      Map<QualifiedName, Long> oids = new HashMap<>();
      source.snapshots().tables().forEach((name, table) -> oids.put(name, table.oid()));

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            source.traits().read(oids);
            source.partitions().withoutLog(oids.values());
            oids.values().forEach(source.partitions()::leaves);
            oids.values().forEach(source.partitions()::ancestors);
          });
    }
  }

  @Test
  void aPartitionThatLogsLessThanFullLeavesOldValuesOut() {
    twoTables("ALTER TABLE parts REPLICA IDENTITY FULL");
    scenario.execute(
        "ALTER TABLE parts ADD big text",
        "ALTER TABLE parts ALTER big SET STORAGE EXTERNAL",
        "CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (10) TO (20)",
        "INSERT INTO parts SELECT i, 0, repeat('y', 3000) FROM generate_series(11, 12) i",
        "UPDATE parts SET id = 14, n = 1 WHERE id = 11",
        "DELETE FROM parts WHERE id = 12");

    assertEquals(List.of(), scenario.captureOnce().decisions());

    assertEquals(0, differences("parts"));
    assertTrue(
        scenario.told("parts").stream().noneMatch(event -> event.contains("before")),
        scenario.told("parts").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ALTER TABLE parts REPLICA IDENTITY FULL"})
  void aPartitionThatDoesNotLogTheKeyStopsItsTable(String identity) {
    twoTables(identity);
    scenario.execute(
        "CREATE TABLE part_2 (id int NOT NULL PRIMARY KEY, n int NOT NULL UNIQUE)",
        "ALTER TABLE part_2 REPLICA IDENTITY USING INDEX part_2_n_key",
        "ALTER TABLE parts ATTACH PARTITION part_2 FOR VALUES FROM (10) TO (20)",
        "INSERT INTO parts VALUES (11, 1)",
        "DELETE FROM parts WHERE id = 11",
        "INSERT INTO sales VALUES (2)");

    String decision = scenario.captureOnce().decision().orElseThrow().getMessage();

    assertTrue(
        decision.contains(
            "the replica identity of partition public.part_2 does not include its key [id]"),
        decision);
    assertEquals(2, scenario.told("sales").size());
    assertEquals(List.of("r {id=1} {id=1, n=0}"), scenario.told("parts"));
  }

  /** As an operator may do it, so that changes are not in the log for a time. */
  private void rewrite(String partition) {
    scenario.execute(
        "ALTER TABLE %s SET UNLOGGED".formatted(partition),
        "ALTER TABLE %s SET LOGGED".formatted(partition));
  }

  private void twoTables(String identity) {
    scenario.table("sales", "id int PRIMARY KEY");
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY, n int) PARTITION BY RANGE (id)",
        "CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "INSERT INTO parts VALUES (1, 0)",
        "INSERT INTO sales VALUES (1)",
        identity);
    captureAsAGrantedRole("parts");
  }

  private String slots() {
    return "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s'"
        .formatted(scenario.slot());
  }

  private void captureAsAGrantedRole(String table) {
    scenario.captured(table).as("r_" + scenario.slot());
    scenario.execute(new Grants(scenario.config().source()).script());
    assertTrue(scenario.captureOnce().total() > 0);
  }

  private List<String> operations() {
    return scenario.told("parts").stream().map(event -> event.substring(0, 1)).toList();
  }

  private long differences(String table) {
    return source.differences(table, Fold.BY_POSITION.rows(table, scenario.events()).values());
  }
}
