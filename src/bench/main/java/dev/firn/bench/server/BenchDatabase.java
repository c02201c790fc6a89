package dev.firn.bench.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A PostgreSQL for the benchmark. Its settings exclude the disk from the measurement, for all
 * contenders.
 */
public final class BenchDatabase implements AutoCloseable {

  public static final String USER = "postgres";
  public static final String NAME = "postgres";

  private static final Map<String, String> SERVER = settings();

  private final EmbeddedPostgres server;
  private final long pid;

  private BenchDatabase(EmbeddedPostgres server, long pid) {
    this.server = server;
    this.pid = pid;
  }

  /**
   * @param folder does not exist yet, or contains a database of this class
   */
  public static BenchDatabase start(Path folder) {
    try {
      Files.createDirectories(folder);
      Redirect log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setOutputRedirector(log)
              .setErrorRedirector(log);
      SERVER.forEach(builder::setServerConfig);
      EmbeddedPostgres server = builder.start();
      Path pidFile = folder.resolve("data").resolve("postmaster.pid");
      return new BenchDatabase(server, Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start PostgreSQL: " + folder, e);
    }
  }

  /** The settings that differ from PostgreSQL's defaults. */
  public static Map<String, String> serverSettings() {
    return SERVER;
  }

  public int port() {
    return server.getPort();
  }

  public String url() {
    return "jdbc:postgresql://localhost:%d/%s".formatted(port(), NAME);
  }

  public void execute(String... statements) {
    try (Connection connection = DriverManager.getConnection(url(), USER, "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot execute: " + String.join("; ", statements), e);
    }
  }

  /** The first column of the only row, as text. */
  public String text(String query) {
    try (Connection connection = DriverManager.getConnection(url(), USER, "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot query: " + query, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop PostgreSQL", e);
    }
  }

  double cpuSeconds() {
    return ProcessTable.treeCpuSeconds(pid);
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("wal_level", "logical");
    settings.put("shared_buffers", "512MB");
    settings.put("fsync", "off");
    settings.put("full_page_writes", "off");
    settings.put("synchronous_commit", "off");
    settings.put("autovacuum", "off");
    settings.put("max_wal_size", "16GB");
    settings.put("checkpoint_timeout", "1h");
    settings.put("max_replication_slots", "20");
    settings.put("max_wal_senders", "20");
    return settings;
  }
}
