package dev.firn.etl.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.TestLake;
import dev.firn.etl.merge.MergeJob;
import dev.firn.etl.merge.MergeListener;
import dev.firn.etl.merge.TableResult;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.Lsn;
import dev.firn.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/** Tables of a real database, captured and merged when the test calls it. */
final class VerifyScenario {

  static final VerifyJob.Options AT_ONCE = new VerifyJob.Options(Set.of(), Duration.ZERO, 4);

  /** A position after every position of the database. */
  private static final long LATER = Long.MAX_VALUE - 1;

  private final TestDatabase database;
  private final TestLake lake;
  private final PipelineConfig config;
  private final RawFiles raw;

  private VerifyScenario(
      TestDatabase database, TestLake lake, PipelineConfig config, String... statements) {
    this.database = database;
    this.lake = lake;
    this.config = config;
    this.raw = new RawFiles(lake.raw());
    database.execute(statements);
    database.execute(
        "CREATE PUBLICATION %s FOR TABLE %s"
            .formatted(
                config.source().publication(),
                String.join(
                    ", ",
                    config.source().tables().stream().map(t -> t.name().toString()).toList())),
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')"
            .formatted(config.source().slot()));
  }

  /** The table {@code sales (id int primary key, note text)} with rows 1 and 2. */
  static VerifyScenario sales(TestDatabase database, TestLake lake) {
    return of(
        database,
        lake,
        lake.pipeline(database, "public.sales"),
        "CREATE TABLE sales (id int PRIMARY KEY, note text)",
        "INSERT INTO sales VALUES (1, 'one'), (2, NULL)");
  }

  static VerifyScenario of(
      TestDatabase database, TestLake lake, PipelineConfig config, String... statements) {
    return new VerifyScenario(database, lake, config, statements);
  }

  String publication() {
    return config.source().publication();
  }

  PipelineConfig config() {
    return config;
  }

  /** Writes every present row into the raw zone, and moves the slot past it. */
  VerifyScenario capture() {
    // The test server commits without waiting for its log; this flushes the log.
    database.execute(
        "SET synchronous_commit = on", "SELECT pg_logical_emit_message(true, 'flush', '')");
    long now = Lsn.parse(database.queryText("SELECT pg_current_wal_lsn()"));
    for (SourceTable table : config.source().tables()) {
      try {
        new TestCapture(config, raw).capture(table, now);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    database.queryText(
        "SELECT pg_replication_slot_advance('%s', '%s')"
            .formatted(config.source().slot(), Lsn.format(now)));
    return this;
  }

  /** Moves the slot past all present changes without capturing them. */
  void skip() {
    database.execute(
        "SET synchronous_commit = on",
        "SELECT pg_logical_emit_message(true, 'flush', '')",
        "SELECT pg_replication_slot_advance('%s', pg_current_wal_lsn())"
            .formatted(config.source().slot()));
  }

  /** Merges these tables; all without a name. */
  VerifyScenario merge(String... tokens) throws InterruptedException {
    notesOfMerge(tokens);
    return this;
  }

  /** Merges, and answers what is reported of the tables. */
  List<String> notesOfMerge(String... tokens) throws InterruptedException {
    Set<TableToken> only = Arrays.stream(tokens).map(TableToken::new).collect(Collectors.toSet());
    List<TableResult> results =
        new MergeJob(lake.spark(), config, Clock.systemUTC(), MergeListener.NONE).run(only);
    results.forEach(
        result ->
            result
                .failure()
                .ifPresent(
                    failure -> {
                      throw new IllegalStateException(failure);
                    }));
    return results.stream().flatMap(result -> result.report().notes().stream()).toList();
  }

  /** A change of sales that committed after every snapshot that can be taken. */
  VerifyScenario captureLater(Operation operation, long id) {
    Map<String, Object> key = Map.of("id", id);
    SchemaDocument schema =
        new SchemaDocument(
            new TableToken("sales"),
            "public.sales",
            List.of(
                new Column("id", "int4", List.of(), true, 1),
                new Column("note", "text", List.of(), true, 0)),
            ReplicaIdentity.DEFAULT);
    RowImage row =
        operation == Operation.DELETE
            ? RowImage.deleted(key)
            : RowImage.written(key, Map.of("id", id, "note", "later"));
    raw.schema(schema);
    raw.file(
        new ChangeEvent(
            schema.version(),
            operation,
            new Position(1, LATER, id),
            Instant.parse("2026-08-05T03:20:00Z"),
            row));
    return this;
  }

  /** Verifies as another role than the one that captured. */
  VerifyReport verifyAs(String role) throws InterruptedException {
    SourceConfig source = config.source();
    PipelineConfig other =
        new PipelineConfig(
            new SourceConfig(
                source.url(),
                role,
                source.password(),
                source.slot(),
                source.publication(),
                source.tables()),
            config.stream(),
            config.raw(),
            config.lake(),
            config.tables(),
            config.merge(),
            config.delivery());
    return new VerifyJob(lake.spark(), other, message -> {}).run(AT_ONCE);
  }

  VerifyReport verify() throws InterruptedException {
    return new VerifyJob(lake.spark(), config, message -> {}).run(AT_ONCE);
  }

  /** Verifies without patience, and does something when this message comes. */
  VerifyReport verify(String message, Executable during) throws InterruptedException {
    return new VerifyJob(
            lake.spark(),
            config,
            told -> {
              if (told.equals(message)) {
                assertDoesNotThrow(during);
              }
            })
        .run(AT_ONCE);
  }
}
