package dev.firn.source;

import dev.firn.pipeline.SourceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGProperty;

/** Opens connections to the source, each with {@link PinnedSettings}. */
public final class SourceConnections {

  private static final int CONNECT_SECONDS = 10;

  private final SourceConfig source;
  private final Credentials credentials;

  public SourceConnections(SourceConfig source) {
    this.source = source;
    this.credentials = Credentials.of(source);
  }

  /** A connection for SQL. */
  public Connection sql() {
    Properties properties = properties();
    // Values must always be PostgreSQL's text.
    PGProperty.BINARY_TRANSFER.set(properties, false);
    PGProperty.PREPARE_THRESHOLD.set(properties, 0);
    return open(properties);
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
      throw ConnectFailures.explain(source, e);
    }
    try {
      pin(connection);
      connection.setNetworkTimeout(Runnable::run, 0);
      return connection;
    } catch (SQLException e) {
      throw new SourceException("pin the settings of a session", e);
    }
  }

  private static void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PinnedSettings.sql(connection.getMetaData().getDatabaseMajorVersion()));
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  // The driver's default accepts any certificate, and a connection without TLS.
  private void protect(Properties properties) {
    SourceAddress address = SourceAddress.of(source.url());
    if (!address.namesSslMode() && !address.isLoopback()) {
      PGProperty.SSL_MODE.set(properties, "verify-full");
    }
    String rootCertificate = source.options().rootCertificate();
    if (!rootCertificate.isEmpty()) {
      PGProperty.SSL_ROOT_CERT.set(properties, rootCertificate);
    }
  }

  Properties properties() {
    Login login = credentials.login();
    Properties properties = new Properties();
    PGProperty.USER.set(properties, login.user());
    PGProperty.PASSWORD.set(properties, login.password());
    PGProperty.APPLICATION_NAME.set(properties, "firn");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    // Only until the session is established; later queries may take longer.
    PGProperty.SOCKET_TIMEOUT.set(properties, CONNECT_SECONDS);
    protect(properties);
    return properties;
  }
}
