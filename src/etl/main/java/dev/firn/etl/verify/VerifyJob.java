package dev.firn.etl.verify;

import dev.firn.console.DecisionException;
import dev.firn.console.Logs;
import dev.firn.console.OperatorException;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.raw.RawZone;
import dev.firn.etl.source.SourceAccess;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SourceConnections;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Compares every table of a pipeline, in PostgreSQL and in the lake, at one position: it takes a
 * snapshot of PostgreSQL with its LSN, waits until the lake has every change before it, and
 * excludes the keys that changed in the lake after it. A table that cannot be compared is reported,
 * and does not stop the others.
 */
public final class VerifyJob {

  private final SparkSession spark;
  private final PipelineConfig config;
  private final Consumer<String> listener;

  /**
   * @param listener receives a message for each step
   */
  public VerifyJob(SparkSession spark, PipelineConfig config, Consumer<String> listener) {
    this.spark = spark;
    this.config = config;
    this.listener = listener;
  }

  /**
   * The options of a verification.
   *
   * @param only these tables; empty for all
   * @param patience how long to wait for capture and merge
   * @param ranges the number of ranges that the keys of a table are divided into
   */
  public record Options(Set<TableToken> only, Duration patience, long ranges) {

    public static final Options DEFAULT = new Options(Set.of(), Duration.ofSeconds(60), 64);

    public Options {
      only = Set.copyOf(only);
      if (patience.isNegative() || ranges < 1) {
        throw new OperatorException(
            "Cannot verify: --wait must be 0 or more, and --ranges 1 or more: %s, %s"
                .formatted(patience.toSeconds(), ranges),
            "Omit --wait and --ranges to use the defaults.");
      }
    }
  }

  /**
   * Checks that the source and its slot are available, before the more expensive Spark session
   * starts.
   *
   * @throws OperatorException when the source does not answer
   * @throws DecisionException when the slot does not exist
   */
  public static void requireSource(PipelineConfig config) {
    requireSlot(SourceAccess.connections(config.source()), config.source().slot());
  }

  private static void requireSlot(SourceConnections connections, String slot) {
    try (SqlSession sql = new SqlSession(connections.sql())) {
      new Slots(sql, slot).require();
    }
  }

  public VerifyReport run(Options options) throws InterruptedException {
    SourceConnections connections = SourceAccess.connections(config.source());
    requireSlot(connections, config.source().slot());
    // In PostgreSQL "Id" and id are two different columns.
    spark.conf().set("spark.sql.caseSensitive", "true");
    List<SourceTable> tables = tables(options.only());
    try (SqlSession sql = new SqlSession(connections.sql());
        LakeCatalog lake = new LakeCatalog(config.lake(), hadoop())) {
      listener.accept("taking a snapshot of PostgreSQL");
      try (SourceSnapshot snapshot = SourceSnapshot.take(connections, options.patience())) {
        Patience patience = new Patience(System::nanoTime, options.patience(), listener);
        new CaptureWait(sql, config.source()).await(snapshot.lsn(), patience);
        TableVerifier verifier = new TableVerifier(spark, config, lake, snapshot);
        List<TableVerdict> results =
            mergeWait(lake)
                .each(tables, patience, table -> verify(table, verifier, options.ranges()));
        return new VerifyReport(results, snapshot.lsn());
      }
    }
  }

  private MergeWait mergeWait(LakeCatalog lake) {
    return new MergeWait(lake, new RawZone(config.raw(), hadoop()), config.merge().lookBack());
  }

  private TableVerdict verify(SourceTable table, TableVerifier verifier, long ranges) {
    return Logs.inTable(
        table.token().value(),
        () -> {
          listener.accept("comparing " + table.token());
          return verifier.verify(table, ranges);
        });
  }

  private List<SourceTable> tables(Set<TableToken> only) {
    List<SourceTable> tables =
        config.source().tables().stream()
            .filter(table -> only.isEmpty() || only.contains(table.token()))
            .toList();
    if (tables.size() < only.size()) {
      List<TableToken> known = config.source().tables().stream().map(SourceTable::token).toList();
      throw new OperatorException(
          "Cannot verify table: it is not in source.tables: "
              + only.stream().filter(token -> !known.contains(token)).toList(),
          "Tables in source.tables: " + known + ".");
    }
    return tables;
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
