package dev.firn.local.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@OnPostgres
class WorkloadTest {

  private static final Path SAMPLE = Path.of("../../sample-data");
  private static final SampleData DATA = SampleData.read(SAMPLE);

  @Test
  void theDatabaseHoldsWhatTheScriptSays(TestDatabase database) throws Exception {
    play(database, 7);
    List<String> played = content(database);

    refill(database, new Script(DATA, 7).shop());

    assertEquals(content(database), played);
  }

  @Test
  void aSeedGivesTheSameStepsAndAnotherSeedOthers() {
    assertEquals(new Script(DATA, 1).incremental(), new Script(DATA, 1).incremental());
    assertNotEquals(new Script(DATA, 1).incremental(), new Script(DATA, 2).incremental());
  }

  @Test
  void theScriptHasEveryKindOfStepAndChange() {
    List<Step> steps = new Script(DATA, 1).incremental();

    assertEquals(Set.of("Commit", "Rollback", "SideBySide"), names(steps));
    assertEquals(
        Set.of("Insert", "Update", "Delete", "Truncate", "AddColumn", "Copy", "TakenBack"),
        names(
            steps.stream()
                .filter(Step.Commit.class::isInstance)
                .flatMap(step -> ((Step.Commit) step).changes().stream())
                .toList()));
    assertEquals(3000, DATA.initial().get(SampleTable.SALES).size());
    assertEquals(300, DATA.incremental().size());
  }

  /** Only then does an update of another column omit the note from the WAL. */
  @Test
  void longNotesOfStoresAreStoredOutOfLine(TestDatabase database) throws Exception {
    Workload.read(SAMPLE, 1).createAndLoad(address(database), "firn");

    assertEquals(
        "t",
        database.queryText(
            "SELECT pg_relation_size(reltoastrelid) > 0 FROM pg_class WHERE relname = 'store'"));
  }

  @Test
  void tablesWithRowsAreNotTouched(TestDatabase database) {
    Workload workload = Workload.read(SAMPLE, 1);
    database.execute("CREATE TABLE sales (id int)", "INSERT INTO sales VALUES (1)");

    String message =
        assertThrows(
                OperatorException.class, () -> workload.createAndLoad(address(database), "firn"))
            .getMessage();

    assertTrue(message.startsWith("Cannot play the sample here: "), message);
    assertTrue(message.contains("public.sales"), message);
    assertEquals("1", database.queryText("SELECT count(*) FROM sales"));
  }

  @Test
  void theSampleIsNotLoadedTwiceButEmptyTablesAreTaken(TestDatabase database) throws Exception {
    Workload workload = Workload.read(SAMPLE, 1);
    workload.createAndLoad(address(database), "other");

    assertThrows(OperatorException.class, () -> workload.createAndLoad(address(database), "other"));
    database.execute("TRUNCATE sales, product, store, promotion");
    workload.createAndLoad(address(database), "other");

    assertEquals("3000", database.queryText("SELECT count(*) FROM sales"));
    assertEquals("other", database.queryText("SELECT pubname FROM pg_publication"));
  }

  private static void play(TestDatabase database, long seed) throws InterruptedException {
    Workload workload = Workload.read(SAMPLE, seed);
    workload.createAndLoad(address(database), "firn");
    workload.playIncremental(address(database), Pace.unlimited(), () -> {});
  }

  private static void refill(TestDatabase database, Shop shop) throws SQLException {
    try (Connection connection = address(database).connect()) {
      for (SampleTable table : SampleTable.values()) {
        new Change.Truncate(table).execute(connection);
        for (Row row : shop.rows(table)) {
          Change.Insert.of(table, row).execute(connection);
        }
      }
    }
  }

  /** All rows of all tables as PostgreSQL prints them. */
  private static List<String> content(TestDatabase database) {
    return Arrays.stream(SampleTable.values())
        .map(SampleTable::sqlName)
        .map(name -> "SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM " + name + " t")
        .map(database::queryText)
        .toList();
  }

  private static Set<String> names(List<?> values) {
    return values.stream()
        .map(value -> value.getClass().getSimpleName())
        .collect(Collectors.toSet());
  }

  private static DatabaseAddress address(TestDatabase database) {
    return new DatabaseAddress(database.url(), TestDatabase.USER, "");
  }
}
