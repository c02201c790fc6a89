package dev.firn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.raw.RecordSplitter;
import dev.firn.testing.RunsProcesses;
import dev.firn.testing.kinesis.FakeKinesis;
import dev.firn.testing.kinesis.KinesisFaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, ended in the ways that processes end. */
@RunsProcesses
class ProcessTest {

  private static final String STREAM = "changes";
  private static final int PATIENCE_SECONDS = 60;
  private static final List<String> CREDENTIALS =
      List.of("-Daws.accessKeyId=test", "-Daws.secretAccessKey=test");

  @TempDir private Path folder;
  private final FakeKinesis kinesis = FakeKinesis.start();
  private final Set<String> put = new TreeSet<>();

  @BeforeEach
  void configure() throws IOException {
    kinesis.createStream(STREAM, 2);
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        source: { url: "jdbc:postgresql://db/app", user: firn, slot: firn, publication: firn, tables: [sales] }
        stream: { kinesis: %s, region: eu-west-1, endpoint: "%s", buffer: { age: 100ms } }
        raw: raw
        lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: warehouse }
        """
            .formatted(STREAM, kinesis.endpoint()));
  }

  @AfterEach
  void close() {
    kinesis.close();
  }

  @Test
  void killedItRepeatsButLosesNothing() throws Exception {
    for (int kill = 0; kill < 3; kill++) {
      Process process = deliver();
      int files = files().size();
      for (int i = 0; files().size() < files + 2; i++) {
        put("kill " + kill + " record " + i);
        Thread.sleep(1);
        assertTrue(i < PATIENCE_SECONDS * 1000 && process.isAlive(), () -> output());
      }
      process.destroyForcibly().waitFor();
    }

    assertEquals(0, end(deliver("--once")), this::output);

    assertEquals(put, new TreeSet<>(lines()));
  }

  @Test
  void killedBehindAFileAndBeforeItsCheckpointItRepeatsTheFile() throws Exception {
    for (int i = 0; i < 20; i++) {
      put("record " + i);
    }

    Process process =
        start(CREDENTIALS, Map.of("FIRN_FAILPOINT", "delivery-delivered:kill"), "--once");

    assertEquals(137, end(process), this::output);
    assertEquals(put, new TreeSet<>(lines()), "all of it is in the raw zone");
    assertEquals(0, end(deliver("--once")), this::output);
    assertEquals(40, lines().size(), "and again, since nothing said so");
    assertEquals(put, new TreeSet<>(lines()));
  }

  @Test
  void killedBeforeAFileIsPutItLosesNothing() throws Exception {
    put("record");

    Process process = start(CREDENTIALS, Map.of("FIRN_FAILPOINT", "delivery-put:kill"), "--once");

    assertEquals(137, end(process), this::output);
    assertEquals(List.of(), lines());
    assertEquals(0, end(deliver("--once")), this::output);
    assertEquals(List.copyOf(put), lines());
  }

  @Test
  void terminatedItWritesWhatItReadAndEndsWell() throws Exception {
    Process process = deliver();
    int requests = kinesis.requests(KinesisFaults.GET_RECORDS);
    for (int i = 0; i < 100; i++) {
      put("record " + i);
    }
    awaitRequests(requests + 6);

    process.destroy();

    assertEquals(0, end(process), this::output);
    assertEquals(List.copyOf(put), lines().stream().sorted().toList());
    assertTrue(output().contains("deliver: 100 records"), this::output);
  }

  @Test
  void aStreamThatIsNotThereIsTheOperatorsMistake() throws Exception {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, Files.readString(file).replace("kinesis: changes", "kinesis: other"));

    assertEquals(2, end(deliver("--once")), this::output);
    assertTrue(output().contains("does not exist"), this::output);
  }

  @Test
  void withoutCredentialsItExitsAtOnceAndReportsIt() throws Exception {
    Process process = start(List.of("-Daws.disableEc2Metadata=true"), Map.of(), "--once");

    assertEquals(2, end(process), this::output);
    assertTrue(output().contains("no AWS credentials were found"), this::output);
  }

  private Process deliver(String... options) throws IOException {
    return start(CREDENTIALS, Map.of(), options);
  }

  private Process start(List<String> properties, Map<String, String> environment, String... options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(properties);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            DeliveryMain.class.getName(),
            "deliver",
            "--config",
            folder.resolve("pipeline.yaml").toString()));
    command.addAll(List.of(options));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()));
    // Nobody's own AWS account comes into a test.
    process.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    process.environment().put("HOME", folder.toString());
    process.environment().putAll(environment);
    return process.start();
  }

  private int end(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The process does not end: " + output());
    }
    return process.exitValue();
  }

  private void put(String key) {
    String line =
        "{\"table\":\"sales\",\"event_timestamp\":1785900000,\"key\":\"%s\"}".formatted(key);
    kinesis.put(STREAM, key, (line + "\n").getBytes(StandardCharsets.UTF_8));
    put.add(line);
  }

  private void awaitRequests(int count) throws InterruptedException {
    for (int i = 0; kinesis.requests(KinesisFaults.GET_RECORDS) < count; i++) {
      Thread.sleep(10);
      assertTrue(i < PATIENCE_SECONDS * 100, this::output);
    }
  }

  private List<Path> files() throws IOException {
    Path sales = folder.resolve("raw/sales");
    if (!Files.exists(sales)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sales)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files()) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        RecordSplitter records = new RecordSplitter(in, 1 << 20);
        while (records.next()) {
          lines.add(
              new String(
                  records.buffer(), records.offset(), records.length(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines;
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return "no output";
    }
  }
}
