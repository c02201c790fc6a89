package dev.firn.etl.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.contract.Operation;
import dev.firn.contract.TableToken;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.etl.verify.TableVerdict.Compared;
import dev.firn.pipeline.Engine;
import dev.firn.pipeline.MergeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OnPostgres
@OnSpark
class VerifyTest {

  @Test
  void whatWasMergedIsEqual(TestDatabase database, TestLake lake) throws Exception {
    VerifyReport report = VerifyScenario.sales(database, lake).capture().merge().verify();

    assertEquals(0, report.exitCode(), report.render());
    assertTrue(report.render().matches("(?s).*sales +2 +2 +[0-9a-f]{8} +yes\n.*"), report.render());
    assertTrue(
        report.render().matches("(?s).*\nverify: all 1 tables equal at [0-9A-F]+/[0-9A-F]+\n"));
  }

  @Test
  void columnsThatWereRenamedInCaseOnlyAreComparedAsTheSame(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute("ALTER TABLE sales RENAME id TO \"ID\"");
    database.execute(
        "ALTER TABLE sales RENAME note TO \"Note\"", "UPDATE sales SET \"Note\" = 'x'");
    scenario.capture().merge();

    assertEquals(0, scenario.verify().exitCode(), scenario.verify().render());
    lake.query("UPDATE " + lake.table("sales") + " SET note = 'two' WHERE id = 2");
    assertDiffers("sales: ID=2: different: Note is 'x' in PostgreSQL, 'two' in the lake", scenario);
  }

  @Test
  void ofTwoColumnsAlikeButForCaseTheOneOfTheLakesNameIsCompared(
      TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute("UPDATE sales SET note = 'n' WHERE id = 2");
    scenario.capture().merge();
    database.execute("ALTER TABLE sales ADD \"Note\" text");

    VerifyReport report = scenario.verify();

    assertEquals(0, report.exitCode(), report.render());
  }

  @Test
  void aRealIsTheSameNumberInADoubleOfTheLake(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake);
    database.execute("ALTER TABLE sales ADD r float8 DEFAULT 0.1");
    scenario.capture();
    database.execute("ALTER TABLE sales ALTER r TYPE real");
    scenario.capture().merge();

    assertEquals(0, scenario.verify().exitCode(), scenario.verify().render());
    assertEquals(0.1f, lake.query("SELECT r FROM " + lake.table("sales")).get(0).getDouble(0));
  }

  @Test
  void aTamperedCellIsNamed(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    lake.query("UPDATE " + lake.table("sales") + " SET note = 'two' WHERE id = 2");

    assertDiffers(
        "sales: id=2: different: note is NULL in PostgreSQL, 'two' in the lake", scenario);
  }

  @Test
  void aRowThatIsMissingIsNamed(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    lake.query("DELETE FROM " + lake.table("sales") + " WHERE id = 1");

    assertDiffers("sales: id=1: missing in the lake", scenario);
  }

  @Test
  void aRowThatShouldNotBeThereIsNamed(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    String sales = lake.table("sales");
    lake.query("INSERT INTO " + sales + " SELECT 3, note, _epoch, _lsn, _seq, NULL FROM " + sales);

    assertDiffers("sales: id=3: only in the lake, 2 rows", scenario);
  }

  @Test
  void aRowThatIsTwiceInTheLakeIsNamed(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    String sales = lake.table("sales");
    lake.query("INSERT INTO " + sales + " SELECT * FROM " + sales + " WHERE id = 1");

    assertDiffers("sales: id=1: 1 rows in PostgreSQL, 2 in the lake", scenario);
  }

  @Test
  void manyDifferencesAreCountedAndTheFirstAreReported(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake);
    database.execute("INSERT INTO sales SELECT n, 'note ' || n FROM generate_series(3, 5000) n");
    scenario.capture().merge();
    lake.query("DELETE FROM " + lake.table("sales") + " WHERE id % 100 = 0");

    VerifyReport report = scenario.verify();

    assertEquals(3, report.exitCode());
    assertTrue(report.render().contains("\nsales: and 30 more keys\n"), report.render());
    assertEquals(
        20, report.render().lines().filter(line -> line.endsWith("missing in the lake")).count());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void namesThatNeedQuotesAreQuoted(Engine engine, TestDatabase database, TestLake lake)
      throws Exception {
    String name = "\"Odd schéma\".\"we\"\"ird.Nä?me'`\"";
    SourceTable table =
        new SourceTable(
            new QualifiedName("Odd schéma", "we\"ird.Nä?me'`"), new TableToken("weird"));
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            merging(engine, lake.pipeline(database, List.of(table))),
            "CREATE SCHEMA \"Odd schéma\"",
            "CREATE TABLE %s (\"a\"\"b\" text PRIMARY KEY, \"c.d\" int, \"select\" text, \"Id\" int,"
                    .formatted(name)
                + " \"Größe in m²\" text, \"it's`s\" text)",
            "INSERT INTO %s VALUES ('k', 1, 'x', 1, 'ü', 'q'), ('', 2, 'y', 3, '', NULL),"
                    .formatted(name)
                + " ('null', 3, NULL, 5, NULL, '')");
    scenario.capture().merge();
    database.execute(
        "UPDATE %s SET \"Größe in m²\" = 'ß', \"c.d\" = 7 WHERE \"a\"\"b\" = 'k'".formatted(name));
    VerifyReport report = scenario.capture().merge().verify();

    assertEquals(0, report.exitCode(), report.render());
    assertEquals(3, ((Compared) report.tables().get(0)).outcome().lake().rows());

    lake.query("DELETE FROM " + lake.table("weird") + " WHERE `a\"b` = ''");
    assertDiffers("weird: a\"b=: missing in the lake", scenario);
  }

  @Test
  void anEmptyTableIsEqualToNone(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake);
    database.execute("TRUNCATE sales");

    VerifyReport report = scenario.capture().verify();

    assertEquals(0, report.exitCode(), report.render());
  }

  @Test
  void aTableTheLakeDoesNotHaveDiffers(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake);
    scenario.skip();

    assertDiffers("sales: id=1: missing in the lake", scenario);
  }

  @Test
  void aTableWithoutAKeyIsNotCompared(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, "public.log"),
            "CREATE TABLE log (line text)",
            "INSERT INTO log VALUES ('a'), ('a')");
    VerifyReport report = scenario.capture().merge().verify();

    assertEquals(3, report.exitCode(), report.render());
    assertTrue(report.render().contains("change log"), report.render());
    assertTrue(
        report
            .render()
            .matches(
                "(?s).*\nverify: nothing was compared at [0-9A-F/]+\\. 1 tables have no key: .*\n"),
        report.render());
  }

  @Test
  void excludedAndDroppedColumnsAreLeftOut(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute(
        "ALTER TABLE sales DROP COLUMN note",
        "ALTER TABLE sales ADD COLUMN later text",
        "ALTER TABLE sales ADD COLUMN twice int GENERATED ALWAYS AS (id * 2) STORED");

    VerifyReport report = scenario.verify();

    assertEquals(0, report.exitCode(), report.render());
  }

  @Test
  void aColumnTheLakeDoesNotHaveYetIsNullThere(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute("ALTER TABLE sales ADD COLUMN later text DEFAULT 'x'");

    assertDiffers("sales: id=1: different: later is 'x' in PostgreSQL, NULL in the lake", scenario);
  }

  @Test
  void rowsOutsideTheFilterOfThePublicationAreNotExpected(TestDatabase database, TestLake lake)
      throws Exception {
    ServerVersion.assume(database, 15, "row filters");
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute(
        "ALTER PUBLICATION %s SET TABLE sales (id, note) WHERE (id < 3 AND note IS DISTINCT FROM '?')"
            .formatted(scenario.config().source().publication()),
        "ALTER TABLE sales REPLICA IDENTITY FULL",
        "INSERT INTO sales VALUES (3, 'not published')");

    VerifyReport report = scenario.verify();

    assertEquals(0, report.exitCode(), report.render());
  }

  @Test
  void keysThatChangedAfterTheSnapshotAreNotCompared(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture();
    scenario
        .captureLater(Operation.UPDATE, 1)
        .captureLater(Operation.DELETE, 2)
        .captureLater(Operation.INSERT, 3)
        .merge();

    VerifyReport report = scenario.verify();

    assertEquals(0, report.exitCode(), report.render());
    assertTrue(
        report.render().contains("sales: 3 keys changed after the snapshot"), report.render());
  }

  @Test
  void aColumnOfTheSourceThatIsNamedAsFirnsOwnMakesNoChangeLog(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, "public.trades"),
            "CREATE TABLE trades (id int PRIMARY KEY, _op text)",
            "INSERT INTO trades VALUES (1, 'buy')");
    scenario.skip();
    String trades = lake.table("trades");
    lake.query(
        "CREATE TABLE %s (id int NOT NULL, _op string, _epoch int NOT NULL, _lsn bigint NOT NULL,"
                .formatted(trades)
            + " _seq bigint NOT NULL, _committed_at timestamp) USING iceberg");
    Table created = lake.catalog().load(lake.catalog().mirror(new TableToken("trades")));
    created.updateSchema().setIdentifierFields("id").commit();
    lake.query("REFRESH TABLE " + trades);
    lake.query("INSERT INTO " + trades + " VALUES (1, 'r', 1, 1, 0, NULL)");

    assertDiffers("trades: id=1: different: _op is 'buy' in PostgreSQL, 'r' in the lake", scenario);
  }

  @Test
  void storedGeneratedColumnsAreExpectedOnlyWhereTheyAreSent(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, "public.sales"),
            "CREATE TABLE sales (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2)"
                + " STORED)",
            "INSERT INTO sales VALUES (1)");
    boolean sent = ServerVersion.of(database).isAtLeast(18);
    if (sent) {
      database.execute(
          "ALTER PUBLICATION %s SET (publish_generated_columns = stored)"
              .formatted(scenario.publication()));
    }

    VerifyReport report = scenario.capture().merge().verify();

    assertEquals(0, report.exitCode(), report.render());
    assertEquals(
        sent,
        List.of(lake.spark().table(lake.table("sales")).columns()).contains("twice"),
        "sent since PostgreSQL 18, if the publication includes them");
  }

  @Test
  void aMissingSlotNeedsADecision(TestDatabase database, TestLake lake) {
    VerifyScenario scenario = VerifyScenario.sales(database, lake);
    database.execute(
        "SELECT pg_drop_replication_slot('%s')".formatted(scenario.config().source().slot()));

    DecisionException refusal = assertThrows(DecisionException.class, scenario::verify);

    assertTrue(refusal.getMessage().startsWith("Cannot find replication slot"));
  }

  @Test
  void theRemedyIsReported(TestDatabase database, TestLake lake) {
    TestDatabase unreachable = new TestDatabase("jdbc:postgresql://localhost:1/none");
    TestDatabase unknown = new TestDatabase(database.url() + "_not");

    assertRemedy("Check host and port of source.url", job(lake, unreachable, "public.sales"));
    assertRemedy("Check the database's name", job(lake, unknown, "public.sales"));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aTypeThatTheLakeCannotHoldIsMergedAfterWhatTheMergeSays(
      Engine engine, TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            merging(engine, lake.pipeline(database, "public.sales")),
            "CREATE TABLE sales (id int PRIMARY KEY, x int, note text)",
            "INSERT INTO sales VALUES (1, 1, 'a'), (2, 2, 'b')");
    scenario.capture().merge();
    database.execute(
        "ALTER TABLE sales DROP x, ADD x text", "UPDATE sales SET x = 'one' WHERE id = 1");

    List<String> notes = scenario.capture().notesOfMerge();
    assertDiffers("sales: id=1: different: x is 'one' in PostgreSQL, '1' in the lake", scenario);
    scenario.capture().merge();
    assertEquals(3, scenario.verify().exitCode(), "a new copy alone does not help");
    List<String> drop =
        notes.stream()
            .flatMap(note -> Pattern.compile("ALTER TABLE [^;]+").matcher(note).results())
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertEquals(1, drop.size(), notes.toString());
    lake.spark().sql(drop.get(0));
    scenario.capture().merge();

    assertEquals(0, scenario.verify().exitCode(), scenario.verify().render());
    assertEquals(
        List.of("[1,one]", "[2,null]"),
        lake.query("SELECT id, x FROM " + lake.table("sales") + " ORDER BY id").stream()
            .map(Object::toString)
            .toList());
  }

  @Test
  void ofTwoTypesBetweenTwoMergesTheLaterIsTheLakes(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute("ALTER TABLE sales ADD x int", "UPDATE sales SET x = 1");
    scenario.capture();
    database.execute("ALTER TABLE sales DROP x, ADD x text", "UPDATE sales SET x = 'one'");
    scenario.capture().merge();

    assertEquals(0, scenario.verify().exitCode(), scenario.verify().render());
  }

  private static PipelineConfig merging(Engine engine, PipelineConfig config) {
    MergeConfig merge = config.merge();
    return new PipelineConfig(
        config.source(),
        config.stream(),
        config.raw(),
        config.lake(),
        config.tables(),
        new MergeConfig(
            merge.lookBack(),
            merge.tombstones(),
            merge.parallelTables(),
            merge.quarantineLimit(),
            engine),
        config.delivery());
  }

  private static VerifyJob job(TestLake lake, TestDatabase database, String... tables) {
    return new VerifyJob(lake.spark(), lake.pipeline(database, tables), message -> {});
  }

  private static void assertRemedy(String remedy, VerifyJob job) {
    OperatorException refusal =
        assertThrows(OperatorException.class, () -> job.run(VerifyScenario.AT_ONCE));
    assertTrue(refusal.getMessage().contains(remedy), refusal.getMessage());
  }

  private static void assertDiffers(String expected, VerifyScenario scenario)
      throws InterruptedException {
    VerifyReport report = scenario.verify();
    assertEquals(3, report.exitCode(), report.render());
    assertTrue(report.render().contains("\n" + expected + "\n"), report.render());
    assertTrue(report.render().contains("\nverify: 1 of 1 tables differ at "), report.render());
  }
}
