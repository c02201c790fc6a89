package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Position;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class ChangesTest {

  private static final String LONG_TEXT =
      "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) i)";

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
  }

  @Test
  void rowsThereAtTheStartAreReadAndLaterChangesFollow() {
    scenario.table("sales", "id int PRIMARY KEY, qty int").published();
    scenario.execute("INSERT INTO sales VALUES (1, 10), (2, NULL)");
    scenario.captureOnce();

    scenario.execute(
        "INSERT INTO sales VALUES (3, 30)",
        "UPDATE sales SET qty = 11 WHERE id = 1",
        "DELETE FROM sales WHERE id = 2");
    CaptureReport report = scenario.captureOnce();

    assertEquals(
        List.of(
            "r {id=1} {id=1, qty=10}",
            "r {id=2} {id=2, qty=null}",
            "c {id=3} {id=3, qty=30}",
            "u {id=1} {id=1, qty=11}",
            "d {id=2}"),
        scenario.told("sales"));
    assertEquals(3, report.total());
    assertEquals(3, report.transactions());
  }

  @Test
  void aKeyChangeIsADeleteOfTheOldKeyAndAnUpdateOfTheNew() {
    scenario.table("sales", "region int, id int, qty int, PRIMARY KEY (id, region)").published();
    scenario.execute("INSERT INTO sales VALUES (7, 1, 10)");
    scenario.captureOnce();

    scenario.execute("UPDATE sales SET id = 2 WHERE id = 1", "UPDATE sales SET id = 2");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "r {id=1, region=7} {region=7, id=1, qty=10}",
            "d {id=1, region=7}",
            "u {id=2, region=7} {region=7, id=2, qty=10}",
            "u {id=2, region=7} {region=7, id=2, qty=10}"),
        scenario.told("sales"));
    Position delete = scenario.events().get(1).position();
    assertEquals(
        new Position(delete.epoch(), delete.lsn(), delete.seq() + 1),
        scenario.events().get(2).position());
  }

  @Test
  void anUnchangedLongValueIsNamedAndNotNull() {
    scenario.table("doc", "id int PRIMARY KEY, n int, note text").published();
    scenario.execute("INSERT INTO doc VALUES (1, 1, " + LONG_TEXT + ")");
    scenario.captureOnce();

    scenario.execute("UPDATE doc SET n = 2");
    scenario.captureOnce();

    assertEquals("u {id=1} {id=1, n=2} unchanged [note]", scenario.told("doc").get(1));
  }

  @Test
  void fullIdentityGivesTheOldRowAndTheUnchangedLongValue() {
    scenario.table("doc", "id int PRIMARY KEY, n int, note text").published();
    scenario.execute(
        "ALTER TABLE doc REPLICA IDENTITY FULL",
        "INSERT INTO doc VALUES (1, 1, " + LONG_TEXT + ")");
    scenario.captureOnce();

    scenario.execute("UPDATE doc SET n = 2");
    scenario.captureOnce();

    ChangeEvent update = scenario.events().get(1);
    assertEquals(1L, update.row().before().get("n"));
    assertEquals(2L, update.row().after().get("n"));
    assertEquals(scenario.queryText("SELECT note FROM doc"), update.row().after().get("note"));
    assertEquals(List.of(), update.row().unchanged());
  }

  @Test
  void afterAKeyChangeTheUnchangedLongValueIsReadAgain() {
    scenario.table("doc", "id int PRIMARY KEY, flag bool, \"No Te\" text").published();
    scenario.execute("INSERT INTO doc VALUES (1, true, " + LONG_TEXT + ")");
    scenario.captureOnce();

    scenario.execute("UPDATE doc SET id = 2");
    scenario.captureOnce();

    ChangeEvent update = scenario.events().get(2);
    assertEquals(
        scenario.queryText("SELECT \"No Te\" FROM doc"), update.row().after().get("No Te"));
  }

  @Test
  void afterAKeyChangeOfARowThatIsGoneTheLongValueStaysUnknown() {
    scenario.table("doc", "id int PRIMARY KEY, note text").published();
    scenario.execute("INSERT INTO doc VALUES (1, " + LONG_TEXT + ")");
    scenario.captureOnce();

    scenario.execute("UPDATE doc SET id = 2", "DELETE FROM doc");
    scenario.captureOnce();

    assertEquals("u {id=2} {id=2} unchanged [note]", scenario.told("doc").get(2));
  }

  @Test
  void aTruncateOfTwoTablesIsAnEventForEach() {
    scenario.table("a", "id int PRIMARY KEY").table("b", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO a VALUES (1)");
    scenario.captureOnce();

    scenario.execute("TRUNCATE a, b");
    scenario.captureOnce();

    assertEquals(List.of("r {id=1} {id=1}", "t"), scenario.told("a"));
    assertEquals(List.of("t"), scenario.told("b"));
  }

  @Test
  void rowsThatShareAnLsnHavePositionsOfTheirOwn() throws SQLException {
    scenario.table("sales", "id int PRIMARY KEY").published();
    scenario.captureOnce();

    scenario.execute(
        "INSERT INTO sales SELECT generate_series(1, 500)",
        "INSERT INTO sales SELECT generate_series(501, 1000)");
    scenario.captureOnce();

    assertEquals(1000, distinctPositions());
    assertEquals(499, scenario.events().get(499).position().seq());
    assertEquals(0, scenario.events().get(500).position().seq());
  }

  @Test
  void transactionsSideBySideAreOrderedByTheirCommits(TestDatabase database) throws SQLException {
    scenario.table("sales", "id int PRIMARY KEY, qty int").published();
    scenario.execute("INSERT INTO sales VALUES (1, 0), (2, 0)");
    scenario.captureOnce();

    try (Connection first = database.connect();
        Connection second = database.connect();
        Statement one = first.createStatement();
        Statement two = second.createStatement()) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      one.execute("UPDATE sales SET qty = 1 WHERE id = 1");
      two.execute("UPDATE sales SET qty = 2 WHERE id = 2");
      one.execute("INSERT INTO sales VALUES (3, 1)");
      second.commit();
      first.commit();
    }
    scenario.captureOnce();

    assertEquals(
        List.of("u {id=2} {id=2, qty=2}", "u {id=1} {id=1, qty=1}", "c {id=3} {id=3, qty=1}"),
        scenario.told("sales").subList(2, 5));
  }

  @Test
  void aColumnAddedInsideATransactionIsThereFromThenOn() throws SQLException {
    scenario.table("sales", "id int PRIMARY KEY").published();
    scenario.captureOnce();

    try (Connection connection = scenario.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO sales VALUES (1)");
      statement.execute("ALTER TABLE sales ADD COLUMN note varchar(9) NOT NULL DEFAULT 'x'");
      statement.execute("INSERT INTO sales VALUES (2, 'y')");
      connection.commit();
    }
    scenario.captureOnce();

    assertEquals(List.of("c {id=1} {id=1}", "c {id=2} {id=2, note=y}"), scenario.told("sales"));
    assertEquals(
        2,
        scenario.events().stream().map(event -> event.source().fingerprint()).distinct().count());
  }

  @Test
  void excludedColumnsNeverLeave() {
    scenario.table("sales", "secret text, id int PRIMARY KEY, qty int").published();
    scenario.excluding("sales", "secret").execute("INSERT INTO sales VALUES ('canary', 1, 1)");
    scenario.captureOnce();

    scenario.execute("UPDATE sales SET secret = 'canary', qty = 2");
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1, qty=1}", "u {id=1} {id=1, qty=2}"), scenario.told("sales"));
  }

  @Test
  void aTableWithoutAKeyHasEventsWithoutOne() {
    scenario.table("log", "line text").published();
    scenario.execute("ALTER TABLE log REPLICA IDENTITY FULL", "INSERT INTO log VALUES ('a')");
    scenario.captureOnce();

    scenario.execute(
        "INSERT INTO log VALUES ('a')", "UPDATE log SET line = 'b'", "DELETE FROM log");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "r {line=a}",
            "c {line=a}",
            "u before {line=a} {line=b}",
            "u before {line=a} {line=b}",
            "d before {line=b}",
            "d before {line=b}"),
        scenario.told("log"));
    assertEquals(6, distinctPositions());
  }

  @Test
  void theColumnsOfAnIdentityIndexAreTheKey() {
    scenario.table("doc", "id int PRIMARY KEY, code text NOT NULL, n int").published();
    scenario.execute(
        "CREATE UNIQUE INDEX by_code ON doc (code)",
        "ALTER TABLE doc REPLICA IDENTITY USING INDEX by_code",
        "INSERT INTO doc VALUES (1, 'a', 1)");
    scenario.captureOnce();

    scenario.execute("UPDATE doc SET code = 'b'");
    scenario.captureOnce();

    assertEquals(
        List.of("r {code=a} {id=1, code=a, n=1}", "d {code=a}", "u {code=b} {id=1, code=b, n=1}"),
        scenario.told("doc"));
  }

  @Test
  void theSnapshotAndTheStreamNameOneSchema() {
    scenario
        .table(
            "sales", "id int, revenue numeric(14,2), at timestamptz, tags text[], PRIMARY KEY (id)")
        .published();
    scenario.execute("INSERT INTO sales VALUES (1)");
    scenario.captureOnce();
    scenario.execute("INSERT INTO sales VALUES (2)");
    scenario.captureOnce();

    Set<String> fingerprints = new HashSet<>();
    scenario.events().forEach(event -> fingerprints.add(event.source().fingerprint()));
    assertEquals(1, fingerprints.size());
    assertTrue(
        raw.resolve("_schema/sales/" + fingerprints.iterator().next() + ".json").toFile().exists());
  }

  private long distinctPositions() {
    return scenario.events().stream().map(ChangeEvent::position).distinct().count();
  }
}
