package dev.firn.etl.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.TableToken;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

@OnPostgres
@OnSpark
class VerifyDeclaredKeyTest {

  @Test
  void aDeclaredKeyMakesAMirrorWhoseWrongRowsAreNamed(TestDatabase database, TestLake lake)
      throws Exception {
    VerifyScenario scenario =
        VerifyScenario.of(
            database,
            lake,
            keyed(lake.pipeline(database, "public.sales"), "row"),
            "CREATE TABLE sales (\"row\" bigint, note text)",
            "ALTER TABLE sales REPLICA IDENTITY FULL",
            "INSERT INTO sales SELECT n, 'n' FROM generate_series(1, 200) n",
            "INSERT INTO sales VALUES (NULL, 'waits')");
    scenario.capture().merge();
    List<Row> quarantine =
        lake.query(
            "SELECT reason FROM %s.quarantine WHERE table_name = 'sales'"
                .formatted(lake.config().ownDatabase()));
    assertEquals(1, quarantine.size());
    assertTrue(quarantine.get(0).getString(0).contains("a key column has no value: row"));
    database.execute("DELETE FROM sales WHERE \"row\" IS NULL");
    scenario.skip();
    VerifyReport equal = scenario.verify();
    assertEquals(0, equal.exitCode(), equal.render());
    assertEquals(
        Set.of("row"),
        lake.catalog()
            .load(lake.catalog().mirror(new TableToken("sales")))
            .schema()
            .identifierFieldNames());

    database.execute("INSERT INTO sales VALUES (2, 'c'), (NULL, 'd')");
    scenario.skip();
    String report = scenario.verify().render();

    assertTrue(report.contains("\nsales: row=2: 2 rows in PostgreSQL, 1 in the lake\n"), report);
    assertTrue(report.contains("\nsales: row=null: missing in the lake\n"), report);
  }

  private static PipelineConfig keyed(PipelineConfig config, String... key) {
    TableConfig sales =
        new TableConfig(
            Set.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(key));
    return new PipelineConfig(
        config.source(),
        config.stream(),
        config.raw(),
        config.lake(),
        Map.of("sales", sales),
        config.merge(),
        config.delivery());
  }
}
