package dev.firn.etl.merge;

import dev.firn.console.OperatorException;
import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RawZone;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.pipeline.PipelineConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Merges every table of the raw zone, several at a time, in one Spark application. */
public final class MergeJob {

  private final SparkSession spark;
  private final PipelineConfig config;
  private final Clock clock;
  private final MergeListener listener;

  /**
   * @param listener told of each table as it goes on
   */
  public MergeJob(SparkSession spark, PipelineConfig config, Clock clock, MergeListener listener) {
    this.spark = spark;
    this.config = config;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Merges what is due. A table that fails does not keep the others from being merged.
   *
   * @param only the tables to merge; empty for all
   * @return one result a table, in the order of their names
   */
  public List<TableResult> run(Set<TableToken> only) throws InterruptedException {
    // PostgreSQL's "Id" and id are two columns.
    spark.conf().set("spark.sql.caseSensitive", "true");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (LakeCatalog lake = new LakeCatalog(config.lake(), hadoop)) {
      MergeContext context =
          new MergeContext(spark, config, lake, new RawZone(config.raw(), hadoop), clock, listener);
      List<TableToken> tables = tables(context, only);
      lake.createDatabases();
      context.quarantine().createIfMissing();
      return mergeAll(context, tables);
    }
  }

  private List<TableResult> mergeAll(MergeContext context, List<TableToken> tables)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(config.merge().parallelTables());
    try {
      List<Future<TableResult>> running = new ArrayList<>();
      for (TableToken table : tables) {
        running.add(pool.submit(() -> merge(context, table)));
      }
      List<TableResult> results = new ArrayList<>();
      for (Future<TableResult> result : running) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot merge tables: " + e.getCause(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private TableResult merge(MergeContext context, TableToken table) {
    TableResult result;
    try {
      result = TableResult.of(new TableMerge(context, table, context.engine(table)).run());
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      result = TableResult.failed(table, e);
    }
    listener.tableEnds(result);
    return result;
  }

  private static List<TableToken> tables(MergeContext context, Set<TableToken> only) {
    List<TableToken> found = context.raw().tables();
    for (TableToken wanted : only) {
      if (!found.contains(wanted)) {
        throw new OperatorException(
            "Cannot merge table: it has no folder in the raw zone: " + wanted,
            "Found there: " + (found.isEmpty() ? "none" : found) + ".");
      }
    }
    List<TableToken> tables = only.isEmpty() ? found : only.stream().sorted().toList();
    refuseSharedNames(tables);
    return tables;
  }

  private static void refuseSharedNames(List<TableToken> tables) {
    Map<String, TableToken> names = new HashMap<>();
    for (TableToken table : tables) {
      TableToken other = names.putIfAbsent(table.lakeName(), table);
      if (other != null) {
        throw new OperatorException(
            "Cannot merge tables: two have one name in the lake: %s and %s as %s"
                .formatted(other, table, table.lakeName()),
            "Give one of them another token under source.tables.");
      }
    }
  }
}
