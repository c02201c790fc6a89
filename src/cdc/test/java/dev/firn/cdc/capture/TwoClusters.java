package dev.firn.cdc.capture;

import dev.firn.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A primary and a hot standby that keeps its failover slots, each a real PostgreSQL. */
final class TwoClusters implements AutoCloseable {

  private static final String DATABASE = "test_failover_of_firn";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres primary;
  private final EmbeddedPostgres standby;
  private final Path standbyFolder;

  private TwoClusters(EmbeddedPostgres primary, EmbeddedPostgres standby, Path standbyFolder) {
    this.primary = primary;
    this.standby = standby;
    this.standbyFolder = standbyFolder;
  }

  static TwoClusters start(Path folder) throws IOException {
    Path data = folder.resolve("primary");
    int port = freePort();
    try (EmbeddedPostgres first = server(data, port)) {
      database(first, "postgres")
          .execute(
              "CREATE DATABASE " + DATABASE,
              "SELECT pg_create_physical_replication_slot('standby')");
    }
    Path copy = folder.resolve("standby");
    copy(data, copy);
    Files.createFile(copy.resolve("standby.signal"));
    Files.writeString(
        copy.resolve("postgresql.auto.conf"),
        """
        primary_conninfo = 'host=localhost port=%d user=postgres dbname=postgres'
        primary_slot_name = 'standby'
        hot_standby_feedback = on
        sync_replication_slots = on
        """
            .formatted(port),
        StandardOpenOption.APPEND);
    return new TwoClusters(server(data, port), server(copy, freePort()), copy);
  }

  TestDatabase primary() {
    return database(primary, DATABASE);
  }

  TestDatabase standby() {
    return database(standby, DATABASE);
  }

  int standbyPort() {
    return standby.getPort();
  }

  /** From now on the standby gets nothing of what the primary writes. */
  void strand() {
    standby().execute("ALTER SYSTEM SET primary_conninfo = ''");
    standby().queryText("SELECT pg_reload_conf()");
    await(standby(), "SELECT count(*) = 0 FROM pg_stat_wal_receiver", () -> {});
  }

  /** The primary dies with all that the standby does not have, and the standby takes its place. */
  void promote() throws IOException {
    primary.close();
    standby().queryText("SELECT pg_promote()");
    await(standby(), "SELECT NOT pg_is_in_recovery()", () -> {});
  }

  /** The primary dies when the standby has all it wrote, and the standby takes its place. */
  void failOver() throws IOException {
    String end = primary().queryText("SELECT pg_current_wal_flush_lsn()");
    await(standby(), "SELECT pg_last_wal_replay_lsn() >= '%s'".formatted(end), () -> {});
    promote();
  }

  /** From now on the promoted standby cannot tell where its timeline began. */
  void loseHistory() throws IOException {
    Files.delete(standbyFolder.resolve("pg_wal/00000002.history"));
  }

  static void await(TestDatabase database, String condition, Runnable meanwhile) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!"t".equals(database.queryText(condition))) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("It never came to be: " + condition);
      }
      meanwhile.run();
    }
  }

  @Override
  public void close() throws IOException {
    standby.close();
    primary.close();
  }

  private static EmbeddedPostgres server(Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("wal_level", "logical")
        .setServerConfig("fsync", "off")
        .start();
  }

  private static TestDatabase database(EmbeddedPostgres server, String name) {
    return new TestDatabase("jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      paths
          .filter(path -> !path.endsWith("epg-lock") && !path.endsWith("postmaster.pid"))
          .filter(path -> !path.startsWith(from.resolve("pg_replslot/standby")))
          .forEach(path -> copyOne(path, to.resolve(from.relativize(path))));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
