package dev.firn.etl.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.Cli;
import dev.firn.console.ExitCode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.engine.attention.RefusedFiles;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.TestLake;
import dev.firn.etl.merge.MergeJob;
import dev.firn.etl.merge.MergeListener;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.source.SourceConnections;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
@OnSpark
class StatusTest {

  private static final SchemaDocument SCHEMA =
      new SchemaDocument(
          new TableToken("sales"),
          "public.sales",
          List.of(new Column("id", "int4", List.of(), false, 1)),
          ReplicaIdentity.DEFAULT);

  @Test
  void aTableShowsItsLastBatchAndItsPendingFiles(TestDatabase database, TestLake lake)
      throws Exception {
    PipelineConfig config = lake.pipeline(database, "public.sales", "public.other");
    RawFiles raw = new RawFiles(lake.raw());
    raw.schema(SCHEMA);
    raw.file(event(100, 1L), event(101, 2L), event(102, "not a number"));
    new MergeJob(lake.spark(), config, Clock.systemUTC(), MergeListener.NONE).run(Set.of());
    raw.file(event(103, 3L));
    Files.createDirectories(lake.raw().resolve("sales/year=58562"));

    List<TableStatus> tables = new LakeStatus(config, new Configuration()).read();

    TableStatus sales = tables.get(0);
    assertEquals(3, sales.lastBatch().orElseThrow().count(SummaryKeys.READ));
    assertEquals(2, sales.lastBatch().orElseThrow().count(SummaryKeys.APPLIED));
    assertEquals(1, sales.filesDue());
    assertEquals(1, sales.quarantined());
    assertTrue(tables.get(1).lastBatch().isEmpty());
    String why =
        ": 1 folders or files of the raw zone are ignored, because their paths are not <table>/year=YYYY/month=MM/day=DD/hour=HH/<file>: ";
    assertEquals(
        List.of(why.substring(2) + "Sales", "sales" + why + "sales/year=58562"),
        StatusReport.attention(List.of("Sales"), List.of(), tables).lines().toList());
    assertTrue(
        StatusReport.tables(tables).matches("(?s).*\nother +none .*"), StatusReport.tables(tables));
  }

  @Test
  void filesOfRecordsThatCouldNotBePlacedAreCountedAndNamed(TestDatabase database, TestLake lake)
      throws Exception {
    LakeStatus status =
        new LakeStatus(lake.pipeline(database, "public.sales"), new Configuration());
    assertEquals(List.of(), status.refusedFiles());
    assertEquals("", StatusReport.attention(List.of(), List.of(), List.of()));
    Path folder = lake.raw().resolve("error/partition-count-exceeded/year=2026/month=08/day=05");
    Files.createDirectories(folder.resolve("hour=03"));
    for (int file = 1; file <= 6; file++) {
      Files.writeString(folder.resolve("hour=03/%s.json.gz".formatted(file)), "x");
    }

    assertEquals(
        "6 files below error/ contain records that Firehose or deliver could not place, and no merge"
            + " reads them: "
            + IntStream.rangeClosed(1, 5)
                .mapToObj(
                    "error/partition-count-exceeded/year=2026/month=08/day=05/hour=03/%s.json.gz"
                        ::formatted)
                .collect(Collectors.joining(", "))
            + ", …. See errorMessage in the files, send the records to the stream again, and remove the files\n",
        StatusReport.attention(List.of(), status.refusedFiles(), List.of()));
    String many =
        RefusedFiles.sentence(Collections.nCopies(RefusedFiles.COUNTED, "error/x")).orElseThrow();
    assertTrue(many.startsWith("1,000 or more files below error/"), many);
  }

  @Test
  void theSlotShowsTheLagOfCapture(TestDatabase database, TestLake lake) throws Exception {
    PipelineConfig config = lake.pipeline(database, "public.sales");
    String name = config.source().slot();
    database.execute("SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(name));
    try (Connection connection = new SourceConnections(config.source()).sql()) {
      String text = StatusReport.slot(name, new Slots(new SqlSession(connection), name).require());

      assertTrue(
          text.matches(
              "slot %s: no capture is running, acknowledged up to [0-9A-F]+/[0-9A-F]+, lag [0-9,]+ bytes of WAL \\(wal_status reserved\\)\n"
                  .formatted(name)),
          text);
    }
  }

  @Test
  void tablesThatNeedADecisionAreReportedWithoutTheSlot(TestDatabase database, @TempDir Path folder)
      throws Exception {
    // As capture records it.
    database.execute(
        "CREATE SCHEMA firn",
        "CREATE TABLE firn.captured_table (slot text, table_schema text, table_name text,"
            + " trouble text, trouble_effect text, trouble_since pg_lsn)",
        "INSERT INTO firn.captured_table VALUES"
            + " ('firn', 'public', 'sales', 'the table was dropped', 'STOPPED', '0/1AA5B30'),"
            + " ('other', 'public', 'sales', 'it was dropped there', 'STOPPED', '0/1AA5B30')");

    String printed = status(folder, database.url(), ExitCode.DECISION);

    assertTrue(
        printed.endsWith(
            "\npublic.sales has not been captured since 0/1AA5B30: the table was dropped."
                + " Run 'firn capture --resnapshot sales'\n"),
        printed);
  }

  @Test
  void anEmptyLakeIsReportedThoughTheDatabaseDoesNotAnswer(@TempDir Path folder) throws Exception {
    String printed = status(folder, "jdbc:postgresql://localhost:1/none", ExitCode.CONFIGURATION);

    assertTrue(printed.contains("sales  none"), printed);
  }

  /** What the command prints of an empty lake. */
  private static String status(Path folder, String url, int exitCode) throws Exception {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(
        file,
        """
        source:
          url: %s
          user: %s
          password: ${env:PATH}
          slot: firn
          publication: firn
          tables: [public.sales]
        stream: { direct: true }
        raw: raw
        lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: warehouse }
        """
            .formatted(url, TestDatabase.USER));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertEquals(exitCode, Cli.run(new StatusCommand(), "--config", file.toString()));
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static ChangeEvent event(long lsn, Object id) {
    return new ChangeEvent(
        SCHEMA.version(),
        Operation.INSERT,
        new Position(1, lsn, 0),
        Instant.parse("2026-08-05T03:20:00Z"),
        RowImage.written(Map.of("id", id), Map.of("id", id)));
  }
}
