package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.cdc.preflight.Finding;
import dev.firn.cdc.preflight.Grants;
import dev.firn.cdc.preflight.Preflight;
import dev.firn.cdc.source.Source;
import dev.firn.pipeline.QualifiedName;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas, tables, roles and publications whose names SQL has to quote. */
@OnPostgres
class QuotedNamesTest {

  private static final Map<String, String> TABLES =
      Map.of(
          "\"Sales\".t", "sales",
          "\"Café schéma\".\"tâble €\"", "coffee",
          "\"Quoted_\"\" . Schema\".\"Quoted_\"\" . Table\"", "quoted",
          "\"select\".\"order\"", "keywords");

  @TempDir Path raw;

  @Test
  void aRoleWithThePrintedGrantsCapturesThem(TestDatabase database) {
    Scenario scenario = new Scenario(database, raw).from("It's \"Firn\". Publication, one");
    TABLES.forEach(
        (name, token) -> {
          scenario.execute("CREATE SCHEMA " + schema(name));
          scenario.table(name, "id int PRIMARY KEY, \"Some Näme\" text", token);
          scenario.execute("INSERT INTO %s VALUES (1, 'a'), (2, 'b')".formatted(name));
        });
    scenario.as("R \" " + scenario.slot());
    scenario.execute(new Grants(scenario.config().source()).script());

    assertEquals(List.of(), problems(scenario));
    assertEquals(8, scenario.captureOnce().total());
    TABLES
        .keySet()
        .forEach(
            name ->
                scenario.execute(
                    "UPDATE %s SET \"Some Näme\" = 'c' WHERE id = 1".formatted(name),
                    "DELETE FROM %s WHERE id = 2".formatted(name)));
    assertEquals(8, scenario.captureOnce().total());

    SourceRows source = new SourceRows(database);
    TABLES.forEach(
        (name, token) ->
            assertEquals(
                0,
                source.differences(
                    name, Fold.BY_POSITION.rows(token, scenario.events()).values())));
  }

  private static String schema(String name) {
    return QualifiedName.quote(QualifiedName.parse(name).orElseThrow().schema());
  }

  private static List<Finding> problems(Scenario scenario) {
    try (Source source = Source.open(scenario.config().source())) {
      return new Preflight(scenario.config())
          .findings(source).stream().filter(Finding::isProblem).toList();
    }
  }
}
