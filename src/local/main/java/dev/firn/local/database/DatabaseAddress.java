package dev.firn.local.database;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/**
 * A PostgreSQL database and the role that works on it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without user and password
 */
public record DatabaseAddress(String url, String user, String password) {

  public DatabaseAddress {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  public static DatabaseAddress of(SourceConfig source) {
    return new DatabaseAddress(source.url(), source.user(), source.password().resolve());
  }

  /**
   * Connects so that a text parameter takes the type of the column it meets.
   *
   * @throws OperatorException when the server cannot be reached or refuses the role
   */
  public Connection connect() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("stringtype", "unspecified");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "firn sample");
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw new OperatorException(
          "Cannot connect to PostgreSQL as %s: %s: %s".formatted(user, e.getMessage(), url),
          "Check that it runs, its address, role and password.",
          e);
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
