package dev.firn.etl.source;

import dev.firn.pipeline.SourceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * Opens connections to the source, pinned to the settings that the texts of values depend on: the
 * same that the producer reads under, whatever the role or the database would have.
 */
public final class SourceConnections {

  private static final String PINNED =
      "SET TimeZone = 'UTC';"
          + "SET DateStyle = 'ISO, MDY';"
          + "SET IntervalStyle = 'postgres';"
          + "SET extra_float_digits = 1;"
          + "SET bytea_output = 'hex';"
          // The text of a regclass depends on it; and nobody's function can stand in for another.
          + "SET search_path = pg_catalog;"
          // A row-level policy then fails the query instead of hiding rows from it.
          + "SET row_security = off;"
          + "SET statement_timeout = 0;"
          + "SET idle_in_transaction_session_timeout = 0";

  private static final int CONNECT_SECONDS = 10;

  private final SourceConfig source;

  public SourceConnections(SourceConfig source) {
    this.source = source;
  }

  /** A connection for SQL. */
  public Connection sql() {
    return open(properties());
  }

  /** A connection that speaks the replication protocol. */
  public Connection replication() {
    Properties properties = properties();
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    return open(properties);
  }

  private Connection open(Properties properties) {
    Connection connection;
    try {
      connection = DriverManager.getConnection(source.url(), properties);
    } catch (SQLException e) {
      throw SourceErrors.connecting(source, e);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(PINNED);
      return connection;
    } catch (SQLException e) {
      throw SourceErrors.working("pin the settings of a session", e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, source.user());
    PGProperty.PASSWORD.set(properties, source.password().orElse("FIRN_PG_PASSWORD").resolve());
    PGProperty.APPLICATION_NAME.set(properties, "firn");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    return properties;
  }
}
