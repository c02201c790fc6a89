package dev.firn.cdc.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.Scenario;
import dev.firn.contract.TableToken;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import dev.firn.pipeline.SourceTable;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class GrantsTest {

  @TempDir Path raw;

  @Test
  void aRoleMadeByTheScriptCaptures(TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw)
            .table("sales", "id int PRIMARY KEY")
            .table("\"Order\"", "id int PRIMARY KEY", "orders");
    scenario.execute("CREATE TABLE payroll (id int PRIMARY KEY)", "INSERT INTO sales VALUES (1)");
    String role = "r_" + scenario.slot();

    scenario.as(role).execute(new Grants(scenario.config().source()).script());

    assertEquals(1, scenario.captureOnce().total());
    scenario.execute("INSERT INTO sales VALUES (2)");
    assertEquals(1, scenario.captureOnce().total());
    assertEquals("f", may(scenario, role, "has_table_privilege('%s', 'payroll', 'SELECT')"));
    assertEquals("f", may(scenario, role, "has_table_privilege('%s', 'sales', 'UPDATE')"));
    assertEquals("t", may(scenario, role, "to_regclass('firn.heartbeat') IS NOT NULL"));
  }

  @Test
  void tablesThatPostgresRefusesKeepNoOtherFromBeingPublished(TestDatabase database) {
    Scenario scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY");
    scenario.execute(
        "CREATE UNLOGGED TABLE fast (id int PRIMARY KEY)", "CREATE VIEW seen AS SELECT 1 AS id");
    scenario.captured("fast").captured("seen").captured("nowhere");
    scenario.table("orders", "id int PRIMARY KEY").as("r_" + scenario.slot());

    List<String> refused =
        statements(scenario).stream().filter(sql -> isRefused(scenario, sql)).toList();

    assertEquals(
        List.of(
            "GRANT SELECT ON TABLE public.nowhere TO r_" + scenario.slot(),
            "ALTER PUBLICATION firn ADD TABLE public.fast",
            "ALTER PUBLICATION firn ADD TABLE public.seen",
            "ALTER PUBLICATION firn ADD TABLE public.nowhere"),
        refused);
    assertEquals(
        "orders, sales",
        scenario.queryText(
            "SELECT string_agg(tablename, ', ' ORDER BY tablename) FROM pg_publication_tables"
                + " WHERE pubname = 'firn'"));
  }

  private static List<String> statements(Scenario scenario) {
    String script = new Grants(scenario.config().source()).script();
    return script
        .lines()
        .filter(line -> line.endsWith(";"))
        .map(line -> line.substring(0, line.length() - 1))
        .toList();
  }

  private static boolean isRefused(Scenario scenario, String sql) {
    try {
      scenario.execute(sql);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void onRdsTheRoleIsMadeOfItsOwnRoles() {
    SourceConfig source =
        new SourceConfig(
            "jdbc:postgresql://shop.a.eu-west-1.rds.amazonaws.com/shop",
            "Firn",
            new Secret("PATH"),
            "firn",
            "firn",
            List.of(
                new SourceTable(
                    QualifiedName.parse("public.sales").orElseThrow(), new TableToken("sales"))));

    String script = new Grants(source.with(iam())).script();

    assertFalse(script.contains("LOGIN REPLICATION"), script);
    assertTrue(script.contains("GRANT rds_replication TO \"Firn\";"), script);
    assertTrue(script.contains("GRANT rds_iam TO \"Firn\";"), script);
    assertTrue(script.contains("GRANT CONNECT ON DATABASE shop TO \"Firn\";"), script);
  }

  private static SourceOptions iam() {
    return new SourceOptions(
        Authentication.IAM, "", Duration.ofSeconds(1), Duration.ZERO, Failover.AUTO);
  }

  private static String may(Scenario scenario, String role, String question) {
    return scenario.queryText("SELECT " + question.formatted(role));
  }
}
