package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long values that an update leaves as they are: PostgreSQL does not send them. */
@OnPostgres
class UnchangedValuesTest {

  private static final String LONG_TEXT =
      "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400) i)";

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
  }

  @Test
  void withAnIdentityIndexTheyAreNamed() {
    byCode("text");

    scenario.execute("UPDATE doc SET n = 2");
    scenario.captureOnce();

    assertEquals("u {code=a} {id=1, code=a, n=2} unchanged [note]", scenario.told("doc").get(1));
  }

  @Test
  void withAnIdentityIndexAChangeOfThePrimaryKeyIsAnOrdinaryOne() {
    byCode("text");

    scenario.execute("UPDATE doc SET id = 2");
    scenario.captureOnce();

    assertEquals("u {code=a} {id=2, code=a, n=1} unchanged [note]", scenario.told("doc").get(1));
  }

  @Test
  void aLongKeyIsSentThoughItDidNotChange() {
    scenario.table("doc", "id text PRIMARY KEY, n int").published();
    scenario.execute(
        "ALTER TABLE doc ALTER id SET STORAGE EXTERNAL",
        "INSERT INTO doc VALUES (repeat('k', 2500), 1)");
    scenario.captureOnce();

    scenario.execute("UPDATE doc SET n = 2");
    scenario.captureOnce();

    ChangeEvent update = scenario.events().get(1);
    assertEquals(2, scenario.events().size());
    assertEquals(Map.of("id", "k".repeat(2500)), update.row().key());
    assertEquals(Map.of("id", "k".repeat(2500), "n", 2L), update.row().after());
    assertEquals(List.of(), update.row().unchanged());
  }

  @Test
  void withFullIdentityAKeyChangeTakesThemFromTheOldRow() {
    documents("ALTER TABLE doc REPLICA IDENTITY FULL");

    scenario.execute("UPDATE doc SET id = 2", "DELETE FROM doc");
    scenario.captureOnce();

    assertSameValues(scenario.events().get(2));
  }

  @Test
  void readAgainAfterAKeyChangeTheyAreWhatTheyWere() {
    documents("ALTER TABLE doc REPLICA IDENTITY DEFAULT");

    scenario.execute("UPDATE doc SET id = 2");
    scenario.captureOnce();

    assertSameValues(scenario.events().get(2));
  }

  @Test
  void theyAreReadAgainByAKeyWhoseOperatorsAreInAnotherSchema() {
    assumeTrue(
        scenario
            .queryText("SELECT count(*) FROM pg_available_extensions WHERE name = 'ltree'")
            .equals("1"),
        "the extension ltree");
    scenario.execute("CREATE EXTENSION ltree");
    byCode("ltree");

    scenario.execute("UPDATE doc SET code = 'b.c'");
    scenario.captureOnce();

    assertEquals(
        scenario.queryText("SELECT note FROM doc"),
        scenario.events().get(2).row().after().get("note"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"DROP COLUMN note", "ALTER code TYPE int USING 0", "RENAME code TO other"})
  void theyStayUnknownWhereTheTableHasChangedSince(String change) {
    byCode("text");

    scenario.execute("UPDATE doc SET code = 'b'", "ALTER TABLE doc " + change);
    scenario.captureOnce();

    assertEquals("u {code=b} {id=1, code=b, n=1} unchanged [note]", scenario.told("doc").get(2));
  }

  private void byCode(String type) {
    scenario
        .table("doc", "id int PRIMARY KEY, code %s NOT NULL, n int, note text".formatted(type))
        .published();
    scenario.execute(
        "CREATE UNIQUE INDEX by_code ON doc (code)",
        "ALTER TABLE doc REPLICA IDENTITY USING INDEX by_code",
        "INSERT INTO doc VALUES (1, 'a', 1, " + LONG_TEXT + ")");
    scenario.captureOnce();
  }

  private void documents(String identity) {
    scenario
        .table("doc", "id int PRIMARY KEY, bytes bytea, words text[], doc jsonb, big numeric")
        .published();
    scenario.execute(
        identity,
        "ALTER TABLE doc ALTER bytes SET STORAGE EXTERNAL, ALTER words SET STORAGE EXTERNAL,"
            + " ALTER doc SET STORAGE EXTERNAL, ALTER big SET STORAGE EXTERNAL",
        "INSERT INTO doc SELECT 1, convert_to(t, 'UTF8'), ARRAY[t, NULL, '\"'], to_jsonb(t),"
            + " repeat('9', 9000)::numeric FROM (SELECT %s AS t) x".formatted(LONG_TEXT));
    scenario.captureOnce();
  }

  private void assertSameValues(ChangeEvent update) {
    Map<String, Object> copied = scenario.events().get(0).row().after();
    Map<String, Object> after = update.row().after();
    assertEquals(2L, after.get("id"));
    for (String column : List.of("bytes", "words", "doc", "big")) {
      assertEquals(copied.get(column), after.get(column), column);
    }
    assertEquals(List.of(), update.row().unchanged());
  }
}
