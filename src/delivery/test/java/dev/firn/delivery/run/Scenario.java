package dev.firn.delivery.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import dev.firn.contract.raw.BufferLimits;
import dev.firn.contract.raw.RawStore;
import dev.firn.contract.raw.RecordSplitter;
import dev.firn.delivery.run.DeliveryOptions.End;
import dev.firn.delivery.write.Oddity;
import dev.firn.pipeline.DeliveryConfig;
import dev.firn.pipeline.KinesisConfig;
import dev.firn.pipeline.LakeConfig;
import dev.firn.pipeline.MergeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.StreamConfig;
import dev.firn.testing.kinesis.FakeKinesis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A stream, what is put into it, and what the delivery makes of it. */
final class Scenario implements AutoCloseable {

  static final String STREAM = "changes";

  /** The hour of events that are given no other. */
  static final String HOUR = "/year=2026/month=08/day=05/hour=03";

  private static final long TIME = 1785900000;
  private static final int HOUR_SECONDS = 3600;
  private static final int LONGEST = 1 << 20;

  private final FakeKinesis kinesis = FakeKinesis.start();
  private final List<String> notices = new ArrayList<>();
  private final Path folder;
  private BufferLimits limits = new BufferLimits(Duration.ofMinutes(1), 1 << 20, 500);
  private int partitions = 500;
  private Set<Oddity> oddities = Set.of();

  Scenario(Path folder, int shards) {
    this(folder);
    kinesis.createStream(STREAM, shards);
  }

  private Scenario(Path folder) {
    this.folder = folder;
  }

  static Scenario withoutStream(Path folder) {
    return new Scenario(folder);
  }

  FakeKinesis kinesis() {
    return kinesis;
  }

  Scenario withLimits(Duration age, long bytes) {
    limits = new BufferLimits(age, bytes, 500);
    return this;
  }

  Scenario withPartitions(int count) {
    partitions = count;
    return this;
  }

  Scenario withOddities(Oddity... all) {
    oddities = Set.of(all);
    return this;
  }

  /** Puts events of a table; their keys spread them over the shards. Answers their lines. */
  List<String> put(String table, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(put(table, 0, "key " + i, i));
    }
    return lines;
  }

  String put(String table, int hoursLater, String key, int sequence) {
    String line =
        "{\"table\":\"%s\",\"event_timestamp\":%d,\"seq\":%d,\"key\":{\"id\":\"%s\"}}"
            .formatted(table, TIME + (long) hoursLater * HOUR_SECONDS, sequence, key);
    put(line + "\n", key);
    return line;
  }

  void put(String record, String key) {
    kinesis.put(STREAM, key, record.getBytes(StandardCharsets.UTF_8));
  }

  DeliveryReport deliverOnce() throws IOException, InterruptedException {
    return delivery(End.WHEN_CAUGHT_UP, new StopSignal()).run();
  }

  DeliveryReport deliverOnceInto(RawStore store) throws IOException, InterruptedException {
    return delivery(End.WHEN_CAUGHT_UP, new StopSignal()).run(store);
  }

  Delivery delivery(End end, StopSignal stop) {
    return delivery(end, stop, Clocks.SYSTEM);
  }

  Delivery delivery(End end, StopSignal stop, Clocks clocks) {
    return new Delivery(config(), new DeliveryOptions(end, oddities), stop, notices::add, clocks);
  }

  List<String> notices() {
    return notices;
  }

  Path raw() {
    return folder.resolve("raw");
  }

  Path state() {
    return folder.resolve("state");
  }

  /** The files below a folder of the raw zone, in the order of their paths. */
  List<Path> files(String below) throws IOException {
    Path root = raw().resolve(below);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The records of all files below a folder, without their newlines. */
  List<String> lines(String below) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(below)) {
      lines.addAll(lines(file));
    }
    return lines;
  }

  List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      RecordSplitter records = new RecordSplitter(in, LONGEST);
      while (records.next()) {
        lines.add(
            new String(
                records.buffer(), records.offset(), records.length(), StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  List<JsonNode> errors(String type) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> errors = new ArrayList<>();
    for (String line : lines("error/" + type)) {
      errors.add(json.readTree(line));
    }
    return errors;
  }

  @Override
  public void close() {
    kinesis.close();
  }

  private PipelineConfig config() {
    KinesisConfig stream =
        new KinesisConfig(
            STREAM,
            Optional.of("eu-west-1"),
            Optional.of(kinesis.endpoint()),
            KinesisConfig.DEFAULT_RECORD_BYTES);
    return new PipelineConfig(
        new SourceConfig(
            "jdbc:postgresql://db/app", "firn", new Secret("PG"), "firn", "firn", List.of()),
        new StreamConfig(Optional.of(stream), limits),
        raw().toString(),
        new LakeConfig("glue", "lake", "s3://bucket/warehouse"),
        Map.of(),
        MergeConfig.DEFAULT,
        new DeliveryConfig(state(), partitions));
  }
}
