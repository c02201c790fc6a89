package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceTable;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For a time PostgreSQL sends no changes of a table: that is noticed, also when it is over. */
@OnPostgres
class GapTest {

  private static final String UNLOGGED = "it was UNLOGGED for a time";

  @TempDir Path raw;
  private TestDatabase database;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase empty) {
    database = empty;
    scenario = new Scenario(database, raw);
    scenario.table("sales", "id int PRIMARY KEY, qty int").table("store", "id int PRIMARY KEY");
    scenario.execute("INSERT INTO sales VALUES (1, 1)", "INSERT INTO store VALUES (1)");
  }

  @Test
  void aTableThatWasOutOfThePublicationForATimeIsInDoubtAlone() {
    scenario.published().captureOnce();
    scenario.execute(
        "ALTER PUBLICATION firn DROP TABLE sales",
        "INSERT INTO sales VALUES (2, 2)",
        "ALTER PUBLICATION firn ADD TABLE sales",
        "INSERT INTO sales VALUES (3, 3)",
        "INSERT INTO store VALUES (2)");

    String decision = decision(scenario.captureOnce());

    assertTrue(decision.contains("public.sales may lack changes (detected at "), decision);
    assertTrue(decision.contains("it was not in the publication for a time"), decision);
    assertTrue(decision.contains("'firn capture --accept sales'"), decision);
    assertEquals(
        List.of("r {id=1} {id=1, qty=1}", "c {id=3} {id=3, qty=3}"), scenario.told("sales"));
    assertEquals(List.of("r {id=1} {id=1}", "c {id=2} {id=2}"), scenario.told("store"));

    assertTrue(decision(scenario.captureOnce()).contains("it was not in the publication"));
    assertEquals(List.of(), scenario.resnapshot("sales").decisions());
    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(6, scenario.told("sales").size());
  }

  @Test
  void whatIsOutOfThePublicationNowHoldsUpNoOther() {
    scenario.published().captureOnce();
    scenario.execute("ALTER PUBLICATION firn DROP TABLE sales", "INSERT INTO store VALUES (2)");

    assertTrue(decision(scenario.captureOnce()).contains("it is not in the publication"));
    assertEquals(2, scenario.told("store").size());
    assertThrows(OperatorException.class, () -> scenario.resnapshot("sales"));

    scenario.execute("DROP TABLE sales", "INSERT INTO store VALUES (3)");
    assertTrue(decision(scenario.captureOnce()).contains("the table was dropped"));
    assertThrows(OperatorException.class, () -> scenario.accepting("sales"));
    assertEquals(3, scenario.told("store").size());
  }

  @Test
  void anOperationThatWasNotPublishedForATimeIsNoticedAndMayBeAccepted() {
    scenario.published().captureOnce();
    scenario.execute(
        "ALTER PUBLICATION firn SET (publish = 'insert')",
        "UPDATE sales SET qty = 2",
        "ALTER PUBLICATION firn SET (publish = 'insert, update, delete, truncate')",
        "INSERT INTO sales VALUES (3, 3)");

    CaptureReport report = scenario.captureOnce();

    assertEquals(2, report.decisions().size(), report.decisions().toString());
    assertTrue(
        report.decision().orElseThrow().getMessage().contains("2 tables need a decision:\n  - "));
    assertTrue(report.decisions().get(0).contains("the publication was altered"));
    assertTrue(decision(scenario.resnapshot("sales")).contains("public.store may lack changes"));
    assertEquals(List.of(), scenario.accepting("store").decisions());
    assertEquals(List.of(), scenario.captureOnce().decisions());
  }

  @Test
  void aRowFilterThatWasAnotherForATimeIsNoticed() {
    ServerVersion.assume(database, 15, "row filters");
    scenario.execute("CREATE PUBLICATION firn FOR TABLE sales WHERE (id < 9), store");
    scenario.captureOnce();
    scenario.execute(
        "ALTER PUBLICATION firn SET TABLE sales WHERE (id < 2), store",
        "INSERT INTO sales VALUES (2, 2)",
        "ALTER PUBLICATION firn SET TABLE sales WHERE (id < 9), store");

    assertTrue(decision(scenario.captureOnce()).contains("public.sales may lack changes"));
  }

  @Test
  void aTableThatLeftItsSchemaForATimeIsNoticed() {
    ServerVersion.assume(database, 15, "publications of schemas");
    scenario.execute("CREATE SCHEMA away", "CREATE PUBLICATION firn FOR TABLES IN SCHEMA public");
    scenario.captureOnce();
    scenario.execute(
        "ALTER TABLE sales SET SCHEMA away",
        "INSERT INTO away.sales VALUES (2, 2)",
        "ALTER TABLE away.sales SET SCHEMA public");

    assertTrue(decision(scenario.captureOnce()).contains("public.sales may lack changes"));
  }

  @Test
  void anUnloggedTimeIsNoticedAndOtherNewFilesAreNot() {
    allTables();
    scenario.execute(
        "VACUUM FULL sales",
        "VACUUM FULL noted",
        "BEGIN; TRUNCATE store; INSERT INTO store VALUES (7); COMMIT",
        "ALTER TABLE sales ADD COLUMN more int",
        "ALTER TABLE noted ALTER id TYPE bigint",
        "CREATE TABLE other (id int)",
        "GRANT SELECT ON sales TO PUBLIC");
    assertEquals(List.of(), scenario.captureOnce().decisions());

    unlogged("sales", "INSERT INTO sales VALUES (2, 2)");
    String decision = decision(scenario.captureOnce());
    assertTrue(decision.contains(UNLOGGED), decision);
    assertTrue(decision.contains("public.sales"), decision);

    unlogged("noted", "INSERT INTO noted VALUES (2, '')");
    assertEquals(2, scenario.captureOnce().decisions().size());
    scenario.execute("ALTER TABLE store SET UNLOGGED");
    CaptureReport report = scenario.captureOnce();
    assertTrue(report.decisions().get(2).contains("is UNLOGGED"), report.decisions().toString());
  }

  @Test
  void oneRowThatSetLoggedWroteIsEnoughToNoticeAnUnloggedTime() {
    allTables();
    unlogged("sales", "INSERT INTO sales VALUES (2, 2)");
    scenario.execute("INSERT INTO sales VALUES (3, 3)");

    assertTrue(decision(scenario.captureOnce()).contains(UNLOGGED));
  }

  @Test
  void aTruncateHidesNoUnloggedTimeThatFollows() {
    allTables();
    scenario.execute("TRUNCATE sales", "TRUNCATE store");
    unlogged("sales", "INSERT INTO sales VALUES (2, 2)");
    scenario.execute(
        "BEGIN; TRUNCATE store; ALTER TABLE store SET UNLOGGED; INSERT INTO store VALUES (2);"
            + " ALTER TABLE store SET LOGGED; COMMIT");

    assertEquals(2, scenario.captureOnce().decisions().size());
  }

  @Test
  void aTruncateIsNoUnloggedTimeWhateverFollows() {
    allTables();
    scenario.execute(
        "BEGIN; TRUNCATE sales; INSERT INTO sales VALUES (7, 7), (8, 8); COMMIT",
        "BEGIN; DELETE FROM sales WHERE id = 7; ROLLBACK",
        "BEGIN; SAVEPOINT a; TRUNCATE store; RELEASE a; SAVEPOINT b; INSERT INTO store VALUES (7);"
            + " RELEASE b; COMMIT");

    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(0, scenario.differences("sales"));
    assertEquals(0, scenario.differences("store"));
  }

  @Test
  void whatWasRolledBackHidesNoUnloggedTime() {
    allTables();
    unlogged("sales", "INSERT INTO sales VALUES (2, 2)");
    unlogged("store", "INSERT INTO store VALUES (2)");
    scenario.execute(
        "BEGIN; GRANT SELECT ON sales TO PUBLIC; ROLLBACK",
        "BEGIN; ALTER INDEX sales_pkey RENAME TO sales_key; ROLLBACK",
        "BEGIN; " + "DELETE FROM sales WHERE id = 9; ".repeat(30) + "DELETE FROM store; ROLLBACK");

    assertEquals(2, scenario.captureOnce().decisions().size());
  }

  @Test
  void changesOfColumnsHideNoUnloggedTime() {
    allTables();
    unlogged("sales", "INSERT INTO sales VALUES (2, 2)");
    unlogged("noted", "INSERT INTO noted VALUES (2, '')");
    scenario.execute(
        "ALTER TABLE sales ADD COLUMN more int",
        "ALTER TABLE noted ADD COLUMN more int DEFAULT 5",
        "ALTER TABLE store ALTER id TYPE bigint");
    unlogged("store", "INSERT INTO store VALUES (2)");

    assertEquals(3, scenario.captureOnce().decisions().size());
  }

  @Test
  void aColumnThatIsFilledInAnUnloggedTimeIsNoticed() {
    allTables();
    scenario.execute(
        "BEGIN; ALTER TABLE noted SET UNLOGGED; ALTER TABLE noted ADD COLUMN more int;"
            + " UPDATE noted SET more = id; ALTER TABLE noted SET LOGGED; COMMIT");

    assertTrue(decision(scenario.captureOnce()).contains(UNLOGGED));
  }

  @Test
  void aTableThatIsRewrittenForItsColumnsWasNotUnlogged() {
    allTables();
    scenario.execute(
        "ALTER TABLE noted ALTER id TYPE bigint",
        "ALTER TABLE noted ADD COLUMN uid uuid DEFAULT gen_random_uuid()",
        "ALTER TABLE sales ADD COLUMN number int GENERATED BY DEFAULT AS IDENTITY",
        "ALTER TABLE sales ALTER qty TYPE bigint, ADD COLUMN more int DEFAULT 5",
        "ALTER TABLE sales DROP COLUMN more",
        "ALTER TABLE store ADD COLUMN at timestamptz DEFAULT clock_timestamp()",
        "VACUUM FULL");

    assertEquals(List.of(), scenario.captureOnce().decisions());
  }

  @Test
  void aTableThatIsLockedIsLookedAtTheNextTime() throws SQLException {
    allTables();
    unlogged("sales", "INSERT INTO sales VALUES (2, 2)");
    List<SourceTable> tables = scenario.config().source().tables();
    try (Connection other = database.connect();
        Statement statement = other.createStatement();
        Source open = Source.open(scenario.config().source())) {
      TableTroubles troubles = new TableTroubles(open.snapshots(), tables, text -> {});
      TableWatch watch = new TableWatch(open, tables, Set.of(), troubles);
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE sales IN ACCESS EXCLUSIVE MODE");

      assertTimeoutPreemptively(Duration.ofSeconds(10), watch::look);
      assertEquals(List.of(), troubles.tokens());
      other.rollback();
      watch.look();
      assertEquals(List.of("sales"), troubles.tokens());
    }
  }

  @Test
  void aRunningCaptureReportsAGapAndContinues() {
    scenario.published().captureOnce();
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      scenario.execute(
          "ALTER PUBLICATION firn DROP TABLE sales", "ALTER PUBLICATION firn ADD TABLE sales");
      capture.until(
          () -> scenario.notices().stream().anyMatch(n -> n.startsWith("public.sales may lack")));
      scenario.execute("INSERT INTO store VALUES (2)");
      capture.until(() -> scenario.told("store").size() == 2);

      assertEquals(1, capture.stop().decisions().size());
    }
  }

  @Test
  void aTableThatIsCopiedAgainIsWatchedFromThenOn() {
    scenario.published().captureOnce();
    try (Running capture = scenario.startResnapshot("sales")) {
      capture.until(() -> scenario.notices().contains("the snapshot of public.sales is complete"));
      scenario.execute(
          "ALTER PUBLICATION firn DROP TABLE sales", "ALTER PUBLICATION firn ADD TABLE sales");

      assertTrue(decision(capture.stop()).contains("public.sales may lack changes"));
    }
  }

  @Test
  void theRecordOfAnOlderVersionIsCompletedAndComparedFromThenOn() {
    scenario.published().captureOnce();
    scenario.execute(
        "ALTER TABLE firn.captured_table DROP COLUMN traits, DROP COLUMN trouble,"
            + " DROP COLUMN trouble_effect, DROP COLUMN trouble_since");
    assertEquals(List.of(), scenario.captureOnce().decisions());

    scenario.execute(
        "ALTER PUBLICATION firn DROP TABLE sales", "ALTER PUBLICATION firn ADD TABLE sales");
    assertEquals(1, scenario.captureOnce().decisions().size());
  }

  /** Tables with TOAST and without, of a publication that they do not leave to be UNLOGGED. */
  private void allTables() {
    scenario.table("noted", "id int PRIMARY KEY, note text");
    scenario.execute("CREATE PUBLICATION firn FOR ALL TABLES", "INSERT INTO noted VALUES (1, '')");
    scenario.captureOnce();
  }

  private void unlogged(String table, String meanwhile) {
    scenario.execute(
        "ALTER TABLE %s SET UNLOGGED".formatted(table),
        meanwhile,
        "ALTER TABLE %s SET LOGGED".formatted(table));
  }

  private static String decision(CaptureReport report) {
    assertEquals(1, report.decisions().size(), report.decisions().toString());
    return report.decision().orElseThrow().getMessage();
  }
}
