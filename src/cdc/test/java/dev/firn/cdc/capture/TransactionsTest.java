package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Position;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** How transactions become positions, whatever way they came about. */
@OnPostgres
class TransactionsTest {

  @TempDir Path raw;
  private TestDatabase database;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase empty) {
    database = empty;
    scenario = new Scenario(database, raw);
    scenario.table("sales", "id int PRIMARY KEY, qty int").published();
    scenario.captureOnce();
  }

  @Test
  void aPreparedTransactionArrivesWhenItIsCommitted() {
    scenario.execute(
        "BEGIN; INSERT INTO sales VALUES (1, 1), (2, 2); PREPARE TRANSACTION '%s'"
            .formatted(scenario.slot()));
    scenario.captureOnce();
    assertEquals(List.of(), scenario.told("sales"));
    scenario.execute("INSERT INTO sales VALUES (3, 3)");

    scenario.execute("COMMIT PREPARED '%s'".formatted(scenario.slot()));
    scenario.captureOnce();

    assertEquals(
        List.of("c {id=3} {id=3, qty=3}", "c {id=1} {id=1, qty=1}", "c {id=2} {id=2, qty=2}"),
        scenario.told("sales"));
    Position last = scenario.events().get(2).position();
    assertEquals(scenario.events().get(1).position().lsn(), last.lsn());
    assertEquals(1, last.seq());
  }

  @Test
  void aPreparedTransactionThatIsRolledBackLeavesNothing() {
    scenario.execute(
        "BEGIN; INSERT INTO sales VALUES (1, 1); PREPARE TRANSACTION '%s'"
            .formatted(scenario.slot()),
        "ROLLBACK PREPARED '%s'".formatted(scenario.slot()));
    scenario.captureOnce();

    assertEquals(List.of(), scenario.told("sales"));
  }

  @Test
  void ofTwoTransactionsTheOneThatCommitsLastHasTheGreaterPositions() throws SQLException {
    scenario.execute("INSERT INTO sales VALUES (7, 0)");
    try (Connection first = database.connect();
        Connection second = database.connect();
        Statement one = first.createStatement();
        Statement two = second.createStatement()) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      one.execute("INSERT INTO sales VALUES (1, 1)");
      two.execute("INSERT INTO sales VALUES (2, 1)");
      one.execute("UPDATE sales SET qty = 2 WHERE id = 1");
      two.execute("UPDATE sales SET qty = 5 WHERE id = 7");
      second.commit();
      // Written before the other's commit, all but this; the row's last value is this one.
      one.execute("UPDATE sales SET qty = 6 WHERE id = 7");
      first.commit();
    }
    scenario.captureOnce();

    assertEquals(
        List.of(
            "c {id=7} {id=7, qty=0}",
            "c {id=2} {id=2, qty=1}",
            "u {id=7} {id=7, qty=5}",
            "c {id=1} {id=1, qty=1}",
            "u {id=1} {id=1, qty=2}",
            "u {id=7} {id=7, qty=6}"),
        scenario.told("sales"));
    assertEquals(List.of(0L, 0L, 1L, 0L, 1L, 2L), ordinals());
  }

  @Test
  void rowsOfACopyHavePositionsOfTheirOwnInItsOrder() throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    LongStream.range(0, 3000).forEach(i -> rows.append(i).append("\t\\N\n"));
    try (Connection connection = database.connect()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY sales FROM STDIN", new StringReader(rows.toString()));
    }
    scenario.captureOnce();

    List<Object> ids = scenario.events().stream().map(e -> e.row().key().get("id")).toList();
    assertEquals(LongStream.range(0, 3000).boxed().toList(), ids);
    assertEquals(LongStream.range(0, 3000).boxed().toList(), ordinals());
    assertEquals(1, scenario.events().stream().map(e -> e.position().lsn()).distinct().count());
  }

  @Test
  void aTransactionBeyondTheServersMemoryArrivesWholeAtItsEnd() throws SQLException {
    scenario.execute(
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database()"
            + " || ' SET logical_decoding_work_mem = ''64kB'''; END $$");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO sales SELECT i, i FROM generate_series(1, 5000) i");
      statement.execute("SAVEPOINT half");
      statement.execute("INSERT INTO sales SELECT i, i FROM generate_series(5001, 9000) i");
      statement.execute("ROLLBACK TO half");
      statement.execute("DELETE FROM sales WHERE id > 4000");
      scenario.captureOnce();
      assertEquals(List.of(), scenario.told("sales"));
      connection.commit();
    }
    scenario.captureOnce();

    assertEquals(LongStream.range(0, 6000).boxed().toList(), ordinals());
    assertEquals(
        0,
        new SourceRows(database)
            .differences("sales", Fold.BY_POSITION.rows("sales", scenario.events()).values()));
    if (ServerVersion.of(database).isAtLeast(14)) {
      assertNotEquals(
          "0",
          scenario.queryText(
              "SELECT spill_txns FROM pg_stat_replication_slots WHERE slot_name = '%s'"
                  .formatted(scenario.slot())));
    }
  }

  @Test
  void aKeySwapAndADeleteWithAnInsertOfOneKeyKeepTheirOrder() {
    scenario.execute("INSERT INTO sales VALUES (1, 10), (2, 20)");
    scenario.execute(
        "BEGIN; UPDATE sales SET id = -1 WHERE id = 1; UPDATE sales SET id = 1 WHERE id = 2;"
            + "UPDATE sales SET id = 2 WHERE id = -1; DELETE FROM sales WHERE id = 1;"
            + "INSERT INTO sales VALUES (1, 30); COMMIT");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "d {id=1}",
            "u {id=-1} {id=-1, qty=10}",
            "d {id=2}",
            "u {id=1} {id=1, qty=20}",
            "d {id=-1}",
            "u {id=2} {id=2, qty=10}",
            "d {id=1}",
            "c {id=1} {id=1, qty=30}"),
        scenario.told("sales").subList(2, 10));
    assertEquals(LongStream.range(0, 8).boxed().toList(), ordinals().subList(2, 10));
  }

  @Test
  void logicalMessagesAreNoChanges() {
    scenario.execute(
        "SELECT pg_logical_emit_message(false, 'firn', 'alone')",
        "BEGIN; INSERT INTO sales VALUES (1, 1);"
            + "SELECT pg_logical_emit_message(true, 'firn', 'inside');"
            + "SELECT pg_logical_emit_message(false, 'firn', 'at once');"
            + "INSERT INTO sales VALUES (2, 2); COMMIT",
        "SELECT pg_logical_emit_message(true, 'firn', 'last')");
    scenario.captureOnce();

    assertEquals(
        List.of("c {id=1} {id=1, qty=1}", "c {id=2} {id=2, qty=2}"), scenario.told("sales"));
    assertEquals(List.of(0L, 1L), ordinals());
  }

  private List<Long> ordinals() {
    return scenario.events().stream()
        .map(ChangeEvent::position)
        .map(Position::seq)
        .map(Long::valueOf)
        .toList();
  }
}
