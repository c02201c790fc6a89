package dev.firn.etl.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.contract.TableToken;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

/**
 * Verify waits for capture and merge, and a table that cannot be compared does not stop the others.
 */
@OnPostgres
@OnSpark
class VerifyWaitsTest {

  @Test
  void oneTablesTroubleIsItsOwn(TestDatabase database, TestLake lake) throws Exception {
    ServerVersion.assume(database, 15, "row filters");
    List<String> names = List.of("poisoned", "unpublished", "gone", "unmerged", "damaged", "sales");
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, names.stream().map("public."::concat).toArray(String[]::new)),
            names.stream()
                .flatMap(
                    name ->
                        Stream.of(
                            "CREATE TABLE " + name + " (id int PRIMARY KEY)",
                            "INSERT INTO " + name + " VALUES (0)"))
                .toArray(String[]::new));
    scenario.capture().merge("poisoned", "unpublished", "gone", "damaged", "sales");
    database.execute(
        "ALTER PUBLICATION %1$s DROP TABLE unpublished".formatted(scenario.publication()),
        "ALTER PUBLICATION %1$s DROP TABLE poisoned".formatted(scenario.publication()),
        "ALTER PUBLICATION %1$s ADD TABLE poisoned WHERE (1 / id > 0)"
            .formatted(scenario.publication()),
        "DROP TABLE gone");
    Table damaged = lake.catalog().load(lake.catalog().mirror(new TableToken("damaged")));
    try (CloseableIterable<FileScanTask> files = damaged.newScan().planFiles()) {
      files.forEach(file -> damaged.io().deleteFile(file.file().location()));
    }

    VerifyReport report = scenario.verify();

    String text = report.render();
    assertEquals(3, report.exitCode(), text);
    assertTrue(text.matches("(?s).*sales +1 +1 +[0-9a-f]{8} +yes\n.*"), text);
    assertLeftOut("poisoned", ".*division by zero.*", text);
    assertLeftOut("unpublished", ".*not in the publication.* ALTER PUBLICATION .*", text);
    assertLeftOut("gone", ".*it does not exist in the source: public.gone.*", text);
    assertLeftOut("unmerged", "raw files are not merged yet: 1\\. .*", text);
    assertLeftOut("damaged", ".*", text);
    assertTrue(
        text.matches("(?s).*\nverify: 1 tables equal at [^ ]+, 5 could not be compared\n"), text);
  }

  @Test
  void theSqlThatPublishesATableHelpsAsItIsPrinted(TestDatabase database, TestLake lake)
      throws Exception {
    SourceTable odd =
        new SourceTable(new QualifiedName("Café", "tâble \"€\" it's"), new TableToken("odd"));
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, List.of(odd)),
            "CREATE SCHEMA \"Café\"",
            "CREATE TABLE %s (id int PRIMARY KEY)".formatted(odd.name()),
            "INSERT INTO %s VALUES (1)".formatted(odd.name()));
    scenario.capture().merge();
    database.execute(
        "ALTER PUBLICATION %s DROP TABLE %s".formatted(scenario.publication(), odd.name()));
    Matcher sql = Pattern.compile("ALTER PUBLICATION [^;]*;").matcher(scenario.verify().render());

    assertTrue(sql.find());
    database.execute(sql.group());

    assertEquals(0, scenario.verify().exitCode(), scenario.verify().render());
  }

  @Test
  void rawFilesThatWereNotMergedAreReported(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture();

    VerifyReport report = scenario.verify();

    assertEquals(3, report.exitCode());
    assertLeftOut("sales", "raw files are not merged yet: 1\\. .*", report.render());
    assertTrue(
        report
            .render()
            .matches("(?s).*\nverify: nothing was compared at [^ ]+, 1 could not be compared\n"),
        report.render());
  }

  @Test
  void aTableThatIsMergedWhileAnotherIsComparedIsComparedTooHoweverLongThatTook(
      TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            lake.pipeline(database, "public.late", "public.large"),
            "CREATE TABLE late (id int PRIMARY KEY)",
            "CREATE TABLE large (id int PRIMARY KEY)",
            "INSERT INTO late VALUES (1)",
            "INSERT INTO large VALUES (1)");
    scenario.capture().merge("large");

    VerifyReport report = scenario.verify("comparing large", () -> scenario.merge("late"));

    assertEquals(0, report.exitCode(), report.render());
    assertEquals(2, report.tables().size());
  }

  @Test
  void changesOfOtherTablesInTheSlotAreNoLag(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute(
        "DROP PUBLICATION " + scenario.publication(),
        "CREATE PUBLICATION %s FOR ALL TABLES".formatted(scenario.publication()),
        "CREATE SCHEMA firn",
        "CREATE TABLE firn.capture (slot text PRIMARY KEY)");
    scenario.skip();
    database.execute(
        "SET synchronous_commit = on",
        "INSERT INTO firn.capture VALUES ('firn')",
        "CREATE TABLE other (id int PRIMARY KEY)",
        "INSERT INTO other SELECT generate_series(1, 2000)");

    assertEquals(0, scenario.verify().exitCode());

    database.execute("SET synchronous_commit = on", "TRUNCATE sales");
    DecisionException refusal = assertThrows(DecisionException.class, scenario::verify);
    assertTrue(refusal.getMessage().contains("capture lags"), refusal.getMessage());
  }

  @Test
  void changesThatWereNotCapturedAreReportedAsLag(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute("INSERT INTO sales VALUES (3, 'not captured')");

    DecisionException refusal = assertThrows(DecisionException.class, scenario::verify);

    assertTrue(
        refusal.getMessage().contains("capture lags: it has acknowledged"), refusal.getMessage());
  }

  @Test
  void changesOfOtherTablesAreNoLag(TestDatabase database, TestLake lake) throws Exception {
    VerifyScenario scenario = VerifyScenario.sales(database, lake).capture().merge();
    database.execute("CREATE TABLE other (id int)", "INSERT INTO other VALUES (1)");

    assertEquals(0, scenario.verify().exitCode());
  }

  private static void assertLeftOut(String table, String reason, String report) {
    assertTrue(
        report.lines().anyMatch(line -> line.matches("(?s)" + table + ": not compared: " + reason)),
        table + " in " + report);
  }
}
