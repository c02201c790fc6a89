package dev.firn.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Trino server on this machine, with the connector for Iceberg alone, on a given AWS. */
final class Trino implements AutoCloseable {

  private static final int JAVA = 24;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

  private final Process process;
  private final String url;
  private final Path log;

  private Trino(Process process, String url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /**
   * @param program folder of the server, unpacked from the archive next to it if needed
   * @param folder for its settings, data and log
   * @param aws the environment that finds it
   */
  static Trino start(Path program, Path folder, Map<String, String> aws)
      throws InterruptedException {
    try {
      unpack(program);
      int port = freePort();
      write(program, folder, port, aws);
      Path log = folder.resolve("trino.log");
      Process process =
          new ProcessBuilder(command(program, folder))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Trino trino = new Trino(process, "jdbc:trino://127.0.0.1:%d/lake/lake".formatted(port), log);
      trino.awaitAnswer();
      return trino;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start Trino", e);
    }
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "check");
    properties.setProperty("timezone", "UTC");
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAnswer() throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!answers()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        close();
        throw new IllegalStateException("Cannot start Trino: it does not answer: see " + log);
      }
      Thread.sleep(500);
    }
  }

  private boolean answers() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.execute("SHOW SCHEMAS");
    } catch (SQLException e) {
      return false;
    }
  }

  // By tar: what several connectors share are hard links in the archive.
  private static void unpack(Path program) throws IOException, InterruptedException {
    String name = program.getFileName().toString();
    if (Files.isDirectory(program)) {
      return;
    }
    Path half = program.resolveSibling("half");
    Files.createDirectories(half);
    Process tar =
        new ProcessBuilder(
                "tar",
                "-xzf",
                program.resolveSibling(name + ".tar.gz").toString(),
                "-C",
                half.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IllegalStateException("Cannot unpack Trino: tar failed: " + program);
    }
    Files.move(half.resolve(name), program);
  }

  private static void write(Path program, Path folder, int port, Map<String, String> aws)
      throws IOException {
    Files.createDirectories(folder.resolve("plugin"));
    Files.createDirectories(folder.resolve("catalog"));
    Files.createSymbolicLink(folder.resolve("plugin/iceberg"), program.resolve("plugin/iceberg"));
    Files.writeString(
        folder.resolve("config.properties"),
        """
        coordinator=true
        node-scheduler.include-coordinator=true
        http-server.http.port=%d
        discovery.uri=http://127.0.0.1:%1$d
        node.internal-address=127.0.0.1
        plugin.dir=%s
        catalog.config-dir=%s
        query.max-memory=1GB
        query.max-memory-per-node=512MB
        memory.heap-headroom-per-node=512MB
        """
            .formatted(port, folder.resolve("plugin"), folder.resolve("catalog")));
    Files.writeString(
        folder.resolve("catalog/lake.properties"),
        """
        connector.name=iceberg
        iceberg.catalog.type=glue
        hive.metastore.glue.region=%1$s
        hive.metastore.glue.endpoint-url=%2$s
        hive.metastore.glue.aws-access-key=%3$s
        hive.metastore.glue.aws-secret-key=%4$s
        fs.native-s3.enabled=true
        s3.region=%1$s
        s3.endpoint=%2$s
        s3.path-style-access=true
        s3.aws-access-key=%3$s
        s3.aws-secret-key=%4$s
        """
            .formatted(
                aws.get("AWS_REGION"),
                aws.get("AWS_ENDPOINT_URL"),
                aws.get("AWS_ACCESS_KEY_ID"),
                aws.get("AWS_SECRET_ACCESS_KEY")));
  }

  private static List<String> command(Path program, Path folder) throws IOException {
    return List.of(
        java().resolve("bin/java").toString(),
        "-Xmx2g",
        "-XX:ReservedCodeCacheSize=256M",
        "-XX:+ExitOnOutOfMemoryError",
        "--add-modules=jdk.incubator.vector",
        "-Djdk.attach.allowAttachSelf=true",
        "-Dconfig=" + folder.resolve("config.properties"),
        "-Dnode.environment=check",
        "-Dnode.id=check",
        "-Dnode.data-dir=" + folder.resolve("data"),
        "-cp",
        program.resolve("lib") + "/*",
        "io.trino.server.TrinoServer");
  }

  /** The newest Java on this machine; Trino needs a newer one than Firn. */
  private static Path java() throws IOException {
    List<Path> found = new ArrayList<>();
    Stream.of("FIRN_TRINO_JAVA_HOME", "JAVA_HOME")
        .map(System::getenv)
        .filter(home -> home != null)
        .map(Path::of)
        .forEach(found::add);
    Path machine = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(machine)) {
      try (Stream<Path> homes = Files.list(machine)) {
        homes.sorted().forEach(found::add);
      }
    }
    for (Path home : found) {
      if (version(home).orElse(0) >= JAVA) {
        return home;
      }
    }
    throw new IllegalStateException(
        "Cannot start Trino: Java %d or newer is needed, and found are: %s. Set FIRN_TRINO_JAVA_HOME to one."
            .formatted(JAVA, found));
  }

  private static Optional<Integer> version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return Optional.empty();
    }
    Matcher version = VERSION.matcher(Files.readString(release));
    return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
