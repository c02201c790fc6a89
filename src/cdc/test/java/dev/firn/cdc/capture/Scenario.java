package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.Ahead;
import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.CaptureOptions.Decisions;
import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.console.StopSignal;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.BufferLimits;
import dev.firn.contract.raw.RawPath;
import dev.firn.pipeline.DeliveryConfig;
import dev.firn.pipeline.KinesisConfig;
import dev.firn.pipeline.LakeConfig;
import dev.firn.pipeline.Mask;
import dev.firn.pipeline.MergeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceTable;
import dev.firn.pipeline.StreamConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.TestDatabase;
import dev.firn.testing.kinesis.FakeKinesis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A database, a publication and slot of its own, and a raw folder to capture into. */
public final class Scenario {

  private static final Secret ANY = new Secret("PATH");

  private final TestDatabase database;
  private final Path raw;
  private final List<SourceTable> tables = new ArrayList<>();
  private final Map<String, TableConfig> options = new TreeMap<>();
  private final String slot;
  private String user = TestDatabase.USER;
  private String publication = "firn";
  private BufferLimits buffer = new BufferLimits(Duration.ofMillis(50), 1 << 20, 100);
  private Duration patience = Duration.ofSeconds(5);
  private Optional<KinesisConfig> stream = Optional.empty();
  private FakeKinesis kinesis;
  private int leastEpoch = 1;
  private String url;
  private SourceOptions sourceOptions = SourceOptions.DEFAULT;
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final List<String> metrics = new CopyOnWriteArrayList<>();

  public Scenario(TestDatabase database, Path raw) {
    this.database = database;
    this.raw = raw;
    this.url = database.url();
    this.slot = "s_" + database.url().substring(database.url().length() - 16);
  }

  /** Creates a table and captures it; the publication is made of all tables so far. */
  public Scenario table(String name, String columns) {
    database.execute("CREATE TABLE %s (%s)".formatted(name, columns));
    return captured(name);
  }

  public Scenario captured(String name) {
    QualifiedName qualified = QualifiedName.parse(name).orElseThrow();
    return captured(name, TableToken.natural(qualified.schema(), qualified.table()));
  }

  public Scenario captured(String name, String token) {
    QualifiedName qualified = QualifiedName.parse(name).orElseThrow();
    tables.add(new SourceTable(qualified, new TableToken(token)));
    return this;
  }

  /** No longer captures a table. */
  Scenario uncaptured(String name) {
    QualifiedName qualified = QualifiedName.parse(name).orElseThrow();
    tables.removeIf(table -> table.name().equals(qualified));
    return this;
  }

  public Scenario table(String name, String columns, String token) {
    database.execute("CREATE TABLE %s (%s)".formatted(name, columns));
    tables.add(new SourceTable(QualifiedName.parse(name).orElseThrow(), new TableToken(token)));
    return this;
  }

  public Scenario published() {
    String names = String.join(", ", tables.stream().map(t -> t.name().toString()).toList());
    database.execute(
        "CREATE PUBLICATION %s FOR TABLE %s".formatted(QualifiedName.quote(publication), names));
    return this;
  }

  /** Captures from a publication of this name, as the catalog has it. */
  public Scenario from(String name) {
    publication = name;
    return this;
  }

  public Scenario excluding(String table, String... columns) {
    options.put(table, new TableConfig(Set.of(columns), Map.of(), Map.of(), Optional.empty()));
    return this;
  }

  /** The table's key as the configuration declares it. */
  public Scenario keyed(String table, String... key) {
    options.put(
        table,
        new TableConfig(
            Set.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            List.of(key)));
    return this;
  }

  public Scenario buffer(Duration age) {
    buffer = new BufferLimits(age, 64 << 20, 100);
    return this;
  }

  /** Captures into a stream; rows that make longer records go straight to raw. */
  public Scenario into(FakeKinesis to, int recordBytes) {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    kinesis = to;
    kinesis.createStream(slot, 3);
    stream =
        Optional.of(
            new KinesisConfig(
                slot, Optional.of("eu-west-1"), Optional.of(to.endpoint()), recordBytes));
    return this;
  }

  Scenario streamNamed(String name) {
    KinesisConfig other = stream.orElseThrow();
    stream =
        Optional.of(new KinesisConfig(name, other.region(), other.endpoint(), other.recordBytes()));
    return this;
  }

  Scenario masking(String table, String column, Mask mask) {
    Map<String, Mask> masks = new TreeMap<>(Map.of(column, mask));
    if (options.containsKey(table)) {
      masks.putAll(options.get(table).masks());
    }
    options.put(table, new TableConfig(Set.of(), masks, Map.of(), Optional.empty()));
    return this;
  }

  public Scenario patience(Duration time) {
    patience = time;
    return this;
  }

  public Scenario leastEpoch(int epoch) {
    leastEpoch = epoch;
    return this;
  }

  /** Another server. */
  public Scenario at(String address) {
    url = address;
    return this;
  }

  /** Connects to another port of this machine. */
  public Scenario through(int port) {
    url = database.url().replaceFirst("localhost:\\d+", "localhost:" + port);
    return this;
  }

  public Scenario with(SourceOptions options) {
    sourceOptions = options;
    return this;
  }

  /** What the captures so far gave notice of. */
  public List<String> notices() {
    return notices;
  }

  public void execute(String... statements) {
    database.execute(statements);
  }

  public String queryText(String sql) {
    return database.queryText(sql);
  }

  /** Lines for CloudWatch. */
  List<String> metrics() {
    return metrics;
  }

  /** Whether a column of pg_replication_slots, or a condition on it, is true of the slot. */
  boolean slotIs(String condition) {
    return "t"
        .equals(
            queryText(
                "SELECT %s FROM pg_replication_slots WHERE slot_name = '%s'"
                    .formatted(condition, slot)));
  }

  public String slot() {
    return slot;
  }

  public TestDatabase database() {
    return database;
  }

  public PipelineConfig config() {
    return new PipelineConfig(
        new SourceConfig(url, user, ANY, slot, publication, tables, sourceOptions, ANY),
        new StreamConfig(stream, buffer),
        raw.toString(),
        new LakeConfig("glue", "lake", "s3://bucket/warehouse"),
        options,
        MergeConfig.DEFAULT,
        DeliveryConfig.defaults(raw));
  }

  /** How many rows of a table differ from what its events come to. */
  public long differences(String table) {
    return new SourceRows(database)
        .differences(table, Fold.BY_POSITION.rows(table, events()).values());
  }

  /** Captures all that is committed now. */
  public CaptureReport captureOnce() {
    return decided(Decisions.NONE);
  }

  public CaptureReport captureOnceAs(String role) {
    return as(role).captureOnce();
  }

  public Scenario as(String role) {
    user = role;
    return this;
  }

  /** Captures all that is committed now, with another snapshot of one table. */
  CaptureReport resnapshot(String table) {
    return decided(again(table));
  }

  /** Captures all that is committed now; nothing is missing of this table. */
  CaptureReport accepting(String table) {
    Set<QualifiedName> accepted = Set.of(QualifiedName.parse(table).orElseThrow());
    return decided(new Decisions(Set.of(), accepted, Ahead.REFUSED));
  }

  /** Captures all that is committed now, though the source lacks what was sent. */
  CaptureReport acceptingAhead() {
    return decided(new Decisions(Set.of(), Set.of(), Ahead.ACCEPTED));
  }

  private static Decisions again(String table) {
    Set<QualifiedName> again = Set.of(QualifiedName.parse(table).orElseThrow());
    return new Decisions(again, Set.of(), Ahead.REFUSED);
  }

  private CaptureReport decided(Decisions decisions) {
    return run(Beginning.WHERE_IT_ENDED, End.WHEN_CAUGHT_UP, decisions, new StopSignal());
  }

  public CaptureReport resnapshot() {
    return run(Beginning.NEW_SNAPSHOT, End.WHEN_CAUGHT_UP, Decisions.NONE, new StopSignal());
  }

  private CaptureReport run(Beginning beginning, End end, Decisions decisions, StopSignal stop) {
    try {
      return new Capture(
              config(),
              new CaptureOptions(beginning, end, patience, leastEpoch, decisions),
              stop,
              notices::add,
              metrics::add)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Captures on a thread of its own until it is closed. */
  Running start() {
    return start(Decisions.NONE);
  }

  /** The same, with another snapshot of one table. */
  Running startResnapshot(String table) {
    return start(again(table));
  }

  private Running start(Decisions decisions) {
    return new Running(stop -> run(Beginning.WHERE_IT_ENDED, End.WHEN_STOPPED, decisions, stop));
  }

  /** Every event under raw and in the stream, in the order of the positions. */
  public List<ChangeEvent> events() {
    List<ChangeEvent> events = arrivals();
    events.sort(Comparator.comparing(ChangeEvent::position));
    return events;
  }

  /** Every event in the stream as it arrived there, then those under raw. */
  public List<ChangeEvent> arrivals() {
    List<ChangeEvent> events = new ArrayList<>();
    if (kinesis != null) {
      kinesis.records(slot).forEach(record -> events.add(read(record.text())));
    }
    for (Path file : files()) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          events.add(read(line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return events;
  }

  /** The events of one table, shortened: {@code u {id=1} {id=1, qty=2}}. */
  public List<String> told(String table) {
    return events().stream()
        .filter(event -> event.table().value().equals(table))
        .map(Scenario::tell)
        .toList();
  }

  /** The records of complete copies of a table, in the order of their names. */
  public List<SnapshotRecord> snapshotRecords(String table) {
    return new WrittenFiles(raw).snapshotRecords(table);
  }

  static String tell(ChangeEvent event) {
    StringBuilder text = new StringBuilder(event.operation().code());
    if (!event.row().key().isEmpty()) {
      text.append(" ").append(event.row().key());
    }
    if (!event.row().before().isEmpty()) {
      text.append(" before ").append(event.row().before());
    }
    if (!event.row().after().isEmpty()) {
      text.append(" ").append(event.row().after());
    }
    if (!event.row().unchanged().isEmpty()) {
      text.append(" unchanged ").append(event.row().unchanged());
    }
    return text.toString();
  }

  List<Path> files() {
    return tables.stream()
        .map(table -> raw.resolve(table.token().value()))
        .filter(Files::exists)
        .flatMap(folder -> below(folder).stream())
        .toList();
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(RawPath.FILE_SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ChangeEvent read(String line) {
    return ChangeEventReader.read(line.getBytes(StandardCharsets.UTF_8));
  }
}
