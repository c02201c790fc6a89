package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.BufferLimits;
import dev.firn.contract.raw.RawPath;
import dev.firn.pipeline.LakeConfig;
import dev.firn.pipeline.MergeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.pipeline.StreamConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.TestDatabase;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A database, a publication and slot of its own, and a raw folder to capture into. */
public final class Scenario {

  private final TestDatabase database;
  private final Path raw;
  private final List<SourceTable> tables = new ArrayList<>();
  private final Map<String, TableConfig> options = new TreeMap<>();
  private final String slot;
  private String user = TestDatabase.USER;
  private BufferLimits buffer = new BufferLimits(Duration.ofMillis(50), 1 << 20, 100);
  private Duration patience = Duration.ofSeconds(5);

  public Scenario(TestDatabase database, Path raw) {
    this.database = database;
    this.raw = raw;
    this.slot = "s_" + database.url().substring(database.url().length() - 16);
  }

  /** Creates a table and captures it; the publication is made of all tables so far. */
  public Scenario table(String name, String columns) {
    database.execute("CREATE TABLE %s (%s)".formatted(name, columns));
    return captured(name);
  }

  public Scenario captured(String name) {
    QualifiedName qualified = QualifiedName.parse(name).orElseThrow();
    String token = TableToken.natural(qualified.schema(), qualified.table());
    tables.add(new SourceTable(qualified, new TableToken(token)));
    return this;
  }

  public Scenario published() {
    String names = String.join(", ", tables.stream().map(t -> t.name().toString()).toList());
    database.execute("CREATE PUBLICATION firn FOR TABLE " + names);
    return this;
  }

  public Scenario excluding(String table, String... columns) {
    options.put(table, new TableConfig(Set.of(columns), Map.of(), Map.of(), Optional.empty()));
    return this;
  }

  public Scenario buffer(Duration age) {
    buffer = new BufferLimits(age, 64 << 20, 100);
    return this;
  }

  public Scenario patience(Duration time) {
    patience = time;
    return this;
  }

  public void execute(String... statements) {
    database.execute(statements);
  }

  public String queryText(String sql) {
    return database.queryText(sql);
  }

  public String slot() {
    return slot;
  }

  public TestDatabase database() {
    return database;
  }

  public PipelineConfig config() {
    return new PipelineConfig(
        new SourceConfig(database.url(), user, new Secret("PATH"), slot, "firn", tables),
        StreamConfig.direct(buffer),
        raw.toString(),
        new LakeConfig("glue", "lake", "s3://bucket/warehouse"),
        options,
        MergeConfig.DEFAULT);
  }

  /** Captures all that is committed now. */
  public CaptureReport captureOnce() {
    return run(Beginning.WHERE_IT_ENDED, End.WHEN_CAUGHT_UP, new StopSignal());
  }

  public CaptureReport captureOnceAs(String role) {
    user = role;
    return captureOnce();
  }

  public CaptureReport resnapshot() {
    return run(Beginning.NEW_SNAPSHOT, End.WHEN_CAUGHT_UP, new StopSignal());
  }

  CaptureReport run(Beginning beginning, End end, StopSignal stop) {
    try {
      return new Capture(config(), new CaptureOptions(beginning, end, patience), stop, n -> {})
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Captures on a thread of its own until it is closed. */
  Running start() {
    return new Running(this);
  }

  /** Every event under raw, in the order of the positions. */
  public List<ChangeEvent> events() {
    List<ChangeEvent> events = new ArrayList<>();
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
    events.sort(Comparator.comparing(ChangeEvent::position));
    return events;
  }

  /** The events of one table, shortened: {@code u {id=1} {id=1, qty=2}}. */
  public List<String> told(String table) {
    return events().stream()
        .filter(event -> event.table().value().equals(table))
        .map(Scenario::tell)
        .toList();
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

  private static ChangeEvent read(String line) {
    return ChangeEventReader.read(line.getBytes(StandardCharsets.UTF_8));
  }
}
