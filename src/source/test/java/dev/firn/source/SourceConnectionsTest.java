package dev.firn.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnPostgres
class SourceConnectionsTest {

  /** The server may apply a new rule only some connections after it was set. */
  private static final int TRIES = 500;

  @Test
  void aSessionWritesValuesAsTheProducerReadsThem(TestDatabase database) throws SQLException {
    database.execute(
        "ALTER ROLE postgres IN DATABASE %s SET TimeZone = 'Asia/Ho_Chi_Minh'"
            .formatted(database.queryText("SELECT current_database()")),
        "ALTER ROLE postgres IN DATABASE %s SET DateStyle = 'German'"
            .formatted(database.queryText("SELECT current_database()")));
    try (Connection connection = connections(database, TestDatabase.USER).sql()) {
      ResultSet row =
          connection.createStatement().executeQuery("SELECT '2026-08-05 03:20+07'::timestamptz");
      row.next();
      assertEquals("2026-08-04 20:20:00+00", row.getString(1));
    }
  }

  @Test
  void aWrongPasswordIsTheOperators(TestDatabase database) throws IOException {
    database.execute("CREATE ROLE careful LOGIN REPLICATION PASSWORD 'secret'");
    Path rules = Path.of(database.queryText("SHOW hba_file"));
    String before = Files.readString(rules);
    try {
      Files.writeString(rules, "host all careful all scram-sha-256\n" + before);
      database.queryText("SELECT pg_reload_conf()");
      SourceConnections connections = connections(database, "careful");

      assertTrue(
          refusal(connections).contains("and the password in the environment variable PATH"));
    } finally {
      Files.writeString(rules, before);
      database.execute("DROP ROLE careful", "SELECT pg_reload_conf()");
    }
  }

  @Test
  void aRoleThatMayNotReplicateIsReportedWithTheRemedy(TestDatabase database) {
    database.execute("CREATE ROLE \"odd role\" LOGIN");
    try {
      SourceConnections connections = connections(database, "odd role");

      OperatorException refusal = assertThrows(OperatorException.class, connections::replication);

      assertTrue(
          refusal.getMessage().contains("ALTER ROLE \"odd role\" REPLICATION"),
          refusal.getMessage());
    } finally {
      database.execute("DROP ROLE \"odd role\"");
    }
  }

  private static String refusal(SourceConnections connections) {
    for (int i = 0; i < TRIES; i++) {
      try (Connection connection = connections.sql()) {
        assertTrue(connection.isValid(1));
      } catch (OperatorException e) {
        return e.getMessage();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return "connected all the time";
  }

  private static SourceConnections connections(TestDatabase database, String user) {
    return new SourceConnections(
        new SourceConfig(database.url(), user, new Secret("PATH"), "firn", "firn", List.of()));
  }
}
