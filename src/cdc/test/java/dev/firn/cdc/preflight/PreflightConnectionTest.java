package dev.firn.cdc.preflight;

import static dev.firn.cdc.preflight.Findings.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.Scenario;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that preflight cannot connect to, or that cannot be captured from at all. */
@OnPostgres
class PreflightConnectionTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
  }

  @Test
  void anUnreachableDatabaseIsTheOperatorsToFix() {
    scenario.table("sales", "id int PRIMARY KEY");
    PipelineConfig config = scenario.at("jdbc:postgresql://localhost:1/x").as("firn").config();

    OperatorException refusal = assertThrows(OperatorException.class, () -> problems(config));

    assertTrue(refusal.getMessage().contains("localhost:1"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("Check host and port of source.url"));
  }

  @Test
  void anUnknownDatabaseIsTheOperatorsToFix() {
    scenario.table("sales", "id int PRIMARY KEY");
    String url = scenario.database().url() + "_not";

    OperatorException refusal =
        assertThrows(
            OperatorException.class,
            () -> problems(scenario.at(url).as(TestDatabase.USER).config()));

    assertTrue(refusal.getMessage().contains("Check the database's name"), refusal.getMessage());
  }

  @Test
  void aServerWithoutACertificateIsReportedWithARemedy() {
    scenario.table("sales", "id int PRIMARY KEY");
    String url = scenario.database().url() + "?sslmode=verify-full";

    OperatorException refusal =
        assertThrows(
            OperatorException.class,
            () -> problems(scenario.at(url).as(TestDatabase.USER).config()));

    assertTrue(refusal.getMessage().contains("source.ssl_root_certificate"), refusal.getMessage());
  }

  @Test
  void aWrongPasswordIsNamedAndNotShown() throws IOException {
    scenario.table("sales", "id int PRIMARY KEY").published();
    String role = "r_" + scenario.slot();
    scenario.execute("CREATE ROLE %s LOGIN REPLICATION PASSWORD 'right'".formatted(role));
    demandPassword(role);

    OperatorException refusal =
        assertThrows(
            OperatorException.class,
            () -> problems(scenario.at(scenario.database().url()).as(role).config()));

    assertTrue(
        refusal.getMessage().contains("password in the environment variable PATH"),
        refusal.getMessage());
    assertTrue(!refusal.getMessage().contains(System.getenv("PATH")), "the password is shown");
  }

  @Test
  void aServerWithoutLogicalLogIsReported() throws IOException, SQLException {
    scenario.table("sales", "id int PRIMARY KEY").published();
    try (EmbeddedPostgres plain =
        EmbeddedPostgres.builder().setServerConfig("wal_level", "replica").start()) {
      String url = "jdbc:postgresql://localhost:" + plain.getPort() + "/postgres";
      PipelineConfig config = scenario.at(url).as(TestDatabase.USER).config();

      List<String> problems = problems(config);

      assertEquals(
          "Cannot capture from this server: wal_level is not logical: replica | ALTER SYSTEM SET"
              + " wal_level = logical; Then restart the server (on RDS set rds.logical_replication ="
              + " 1 in the parameter group instead).",
          problems.get(0));
    }
  }

  /** The rule reaches the server a moment after it is asked for. */
  private void demandPassword(String role) throws IOException {
    Path rules = Path.of(scenario.queryText("SHOW hba_file"));
    Files.writeString(
        rules, "host all %s all scram-sha-256%n".formatted(role) + Files.readString(rules));
    scenario.queryText("SELECT pg_reload_conf()");
    for (int i = 0; i < 1000; i++) {
      try {
        DriverManager.getConnection(scenario.database().url(), role, "wrong").close();
      } catch (SQLException e) {
        return;
      }
    }
    throw new AssertionError("The server takes any password");
  }
}
