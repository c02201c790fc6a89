package dev.firn.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test method a {@link TestDatabase} of its own, on one real PostgreSQL with logical
 * replication that is started once a JVM.
 */
public final class PostgresExtension implements ParameterResolver {

  private static EmbeddedPostgres server;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(ExtensionContext.Namespace.create(context.getUniqueId()))
        .computeIfAbsent(TestDatabase.class, key -> createDatabase(), TestDatabase.class);
  }

  private static TestDatabase createDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    int port = server().getPort();
    String address = "jdbc:postgresql://localhost:" + port + "/";
    try (Connection connection =
            DriverManager.getConnection(address + "postgres", TestDatabase.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create test database: " + name, e);
    }
    return new TestDatabase(address + name);
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_replication_slots", "100")
                .setServerConfig("max_wal_senders", "100")
                .setServerConfig("max_prepared_transactions", "10")
                .setServerConfig("fsync", "off")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot start PostgreSQL for the tests", e);
      }
    }
    return server;
  }
}
