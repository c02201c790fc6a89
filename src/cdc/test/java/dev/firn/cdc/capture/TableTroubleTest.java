package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.state.RecordedTroubles;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One table cannot be captured any more: the others continue, and a new copy repairs that table.
 */
@OnPostgres
class TableTroubleTest {

  private static final String STOPPED = "public.sales has not been captured since ";
  private static final String ALL_COPIED = "SELECT bool_and(complete) FROM firn.captured_table";

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
    scenario.table("sales", "id int PRIMARY KEY, qty int").table("store", "id int PRIMARY KEY");
    scenario.published();
    scenario.execute("INSERT INTO sales VALUES (1, 1)", "INSERT INTO store VALUES (1)");
    scenario.captureOnce();
  }

  @Test
  void aReplacedTableStopsAloneUntilItIsCopiedAgain() {
    replaceSales();
    scenario.execute("INSERT INTO sales VALUES (9, 9)", "INSERT INTO store VALUES (2)");

    String decision = decision(scenario.captureOnce());

    assertTrue(decision.contains(STOPPED), decision);
    assertTrue(
        decision.contains("the table was replaced by another table of the same name"), decision);
    assertTrue(decision.contains("Run 'firn capture --resnapshot sales'"), decision);
    assertEquals(List.of("r {id=1} {id=1, qty=1}"), scenario.told("sales"));
    assertEquals(List.of("r {id=1} {id=1}", "c {id=2} {id=2}"), scenario.told("store"));

    scenario.execute("INSERT INTO sales VALUES (10, 1)", "INSERT INTO store VALUES (3)");
    assertTrue(decision(scenario.captureOnce()).contains(STOPPED));
    assertEquals("c {id=3} {id=3}", scenario.told("store").get(2));

    assertEquals(List.of(), scenario.resnapshot("sales").decisions());
    scenario.execute("INSERT INTO sales VALUES (11, 1)");
    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(
        List.of(
            "r {id=1} {id=1, qty=1}",
            "t",
            "r {id=9} {id=9, qty=9}",
            "r {id=10} {id=10, qty=1}",
            "c {id=11} {id=11, qty=1}"),
        scenario.told("sales"));
  }

  @Test
  void aChangeOfTheOldTableThatIsStillInTheLogDoesNotHinderTheNewCopy() {
    scenario.execute("UPDATE sales SET qty = 2");
    replaceSales();
    scenario.execute("INSERT INTO sales VALUES (9, 9)");

    CaptureReport report = scenario.resnapshot("sales");

    assertEquals(List.of(), report.decisions());
    assertEquals(
        List.of("r {id=1} {id=1, qty=1}", "t", "r {id=9} {id=9, qty=9}"), scenario.told("sales"));
  }

  @Test
  void aRenamedTableIsCapturedUnderItsTokenByWhateverName() {
    scenario.execute(
        "ALTER TABLE sales RENAME TO \"Sales\"",
        "INSERT INTO \"Sales\" VALUES (2, 2)",
        "INSERT INTO store VALUES (2)");
    String decision = decision(scenario.captureOnce());
    assertTrue(decision.contains("the table is now named public.\"Sales\""), decision);
    scenario.execute(
        "INSERT INTO \"Sales\" VALUES (3, 3)", "ALTER TABLE \"Sales\" RENAME TO sales");
    scenario.execute("UPDATE sales SET qty = 4 WHERE id = 3", "INSERT INTO store VALUES (3)");

    assertEquals(List.of(), scenario.captureOnce().decisions());

    assertEquals(
        List.of(
            "r {id=1} {id=1, qty=1}",
            "c {id=2} {id=2, qty=2}",
            "c {id=3} {id=3, qty=3}",
            "u {id=3} {id=3, qty=4}"),
        scenario.told("sales"));
    assertEquals(3, scenario.told("store").size());
  }

  @Test
  void aRenamedTableThatIsConfiguredByBothNamesIsRefused() {
    scenario.execute("ALTER TABLE sales RENAME TO sold");
    scenario.captured("sold");

    OperatorException refusal = assertThrows(OperatorException.class, () -> scenario.captureOnce());

    assertEquals(
        "Cannot capture tables: two names of the same table: public.sales and public.sold. Remove"
            + " the old name from source.tables.",
        refusal.getMessage());
    assertThrows(OperatorException.class, () -> scenario.captureOnce());

    scenario.uncaptured("sales");
    assertEquals(List.of(), scenario.captureOnce().decisions());
    assertEquals(List.of("t", "r {id=1} {id=1, qty=1}"), scenario.told("sold"));
  }

  @Test
  void aRunningCaptureContinuesWithTheOtherTables() {
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      replaceSales();
      scenario.execute("INSERT INTO sales VALUES (9, 9)", "INSERT INTO store VALUES (2)");
      capture.until(() -> scenario.told("store").size() == 2);

      assertTrue(decision(capture.stop()).contains(STOPPED));
    }
    assertEquals(List.of("r {id=1} {id=1, qty=1}"), scenario.told("sales"));
  }

  @Test
  void aTableThatIsDroppedBeforeItsCopyIsCompleteHindersNoOther() {
    copiedInPart();
    scenario.execute("DROP TABLE sales", "INSERT INTO store VALUES (2)");

    assertTrue(decision(scenario.captureOnce()).contains("the table was dropped"));
    assertTrue(decision(scenario.captureOnce()).contains("the table was dropped"));

    assertEquals(2, scenario.told("store").size());
    String left =
        "public.sales is only partly copied: the copy continues when its problem is resolved";
    assertTrue(
        scenario.notices().stream().anyMatch(notice -> notice.startsWith(left)),
        scenario.notices().toString());
  }

  @Test
  void aTableThatIsReplacedBeforeItsCopyIsCompleteIsNotCopiedUntilSomebodyAsks() {
    copiedInPart();
    scenario.execute(
        "DROP TABLE sales",
        "CREATE TABLE sales (id int, qty int)",
        "INSERT INTO sales VALUES (9, 9)",
        "ALTER PUBLICATION firn ADD TABLE sales");

    assertTrue(decision(scenario.captureOnce()).contains("the table was replaced"));
    assertTrue(decision(scenario.captureOnce()).contains("the table was replaced"));
    assertEquals(List.of("r {id=1} {id=1, qty=1}"), scenario.told("sales"));

    String refusal =
        assertThrows(OperatorException.class, () -> scenario.resnapshot("sales")).getMessage();
    assertTrue(refusal.contains("it has no replica identity"), refusal);
    assertTrue(decision(scenario.captureOnce()).contains("the table was replaced"));

    scenario.execute("ALTER TABLE sales ADD PRIMARY KEY (id)");
    assertEquals(List.of(), scenario.resnapshot("sales").decisions());
    assertEquals(
        List.of("r {id=1} {id=1, qty=1}", "t", "r {id=9} {id=9, qty=9}"), scenario.told("sales"));
  }

  @Test
  void aCopyInDoubtIsCompletedWhenItIsAccepted() {
    copiedInPart();
    scenario.execute(
        "ALTER PUBLICATION firn DROP TABLE sales", "ALTER PUBLICATION firn ADD TABLE sales");

    assertTrue(decision(scenario.captureOnce()).contains("public.sales may lack changes"));
    assertEquals("f", scenario.queryText(ALL_COPIED));

    assertEquals(List.of(), scenario.accepting("sales").decisions());
    assertEquals("t", scenario.queryText(ALL_COPIED));
    assertEquals(List.of(), scenario.captureOnce().decisions());
  }

  @Test
  void whatIsRecordedIsReadByOtherCommandsInTheSameWords() throws SQLException {
    scenario.execute(
        "DROP TABLE store",
        "ALTER PUBLICATION firn DROP TABLE sales",
        "ALTER PUBLICATION firn ADD TABLE sales");

    List<String> decisions = scenario.captureOnce().decisions();

    assertEquals(2, decisions.size());
    try (SqlSession sql = new SqlSession(scenario.database().connect())) {
      RecordedTroubles troubles = new RecordedTroubles(sql, scenario.slot());
      assertEquals(decisions, troubles.sentences(scenario.config().source().tables()));
      assertEquals(List.of(), troubles.sentences(List.of()));
    }
  }

  /** As if the copy of sales had broken off. */
  private void copiedInPart() {
    scenario.execute("UPDATE firn.captured_table SET complete = false WHERE table_name = 'sales'");
  }

  private void replaceSales() {
    scenario.execute(
        "DROP TABLE sales",
        "CREATE TABLE sales (id int PRIMARY KEY, qty int)",
        "ALTER PUBLICATION firn ADD TABLE sales");
  }

  private static String decision(CaptureReport report) {
    assertEquals(1, report.decisions().size(), report.decisions().toString());
    return report.decision().orElseThrow().getMessage();
  }
}
