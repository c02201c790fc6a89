package dev.firn.local.database;

import dev.firn.console.OperatorException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server with logical replication whose data is kept in a folder. It listens on
 * localhost, trusts all local connections, and keeps its port between runs.
 */
public final class LocalDatabase implements AutoCloseable {

  private static final String ADMINISTRATOR = "postgres";
  private static final String USER = "firn";
  private static final String DATABASE = "shop";

  private final EmbeddedPostgres server;

  private LocalDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts the server of a folder, which is created if it is missing. */
  public static LocalDatabase start(Path folder) {
    return start(folder, rememberedPort(folder));
  }

  /**
   * @param port 0 for any free port
   */
  public static LocalDatabase start(Path folder, int port) {
    try {
      Files.createDirectories(folder);
      Redirect log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setServerConfig("wal_level", "logical")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_slot_wal_keep_size", "1GB")
              .setOutputRedirector(log)
              .setErrorRedirector(log)
              .start();
      LocalDatabase database = new LocalDatabase(server);
      database.createUnlessThere();
      Files.writeString(portFile(folder), Integer.toString(server.getPort()));
      return database;
    } catch (IOException | IllegalStateException e) {
      throw new OperatorException(
          "Cannot start PostgreSQL: %s: %s".formatted(e.getMessage(), folder),
          "Its log is postgres.log in that folder. To use your own PostgreSQL, pass --config.",
          e);
    }
  }

  /** The role that owns the database and may replicate; it has no other rights. */
  public DatabaseAddress address() {
    return new DatabaseAddress(url(DATABASE), USER, "");
  }

  /** Stops the server, which breaks remaining connections; the data stays. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop PostgreSQL", e);
    }
  }

  private void createUnlessThere() {
    DatabaseAddress administrator = new DatabaseAddress(url("postgres"), ADMINISTRATOR, "");
    try (Connection connection = administrator.connect();
        Statement statement = connection.createStatement()) {
      if (!exists(statement)) {
        statement.execute("CREATE ROLE " + USER + " LOGIN REPLICATION");
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create database " + DATABASE, e);
    }
  }

  private static boolean exists(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      return rows.next();
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:%s/%s".formatted(server.getPort(), database);
  }

  private static int rememberedPort(Path folder) {
    try {
      return Integer.parseInt(Files.readString(portFile(folder)).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private static Path portFile(Path folder) {
    return folder.resolve("port");
  }
}
