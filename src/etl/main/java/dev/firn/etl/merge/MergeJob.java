package dev.firn.etl.merge;

import dev.firn.console.Logs;
import dev.firn.console.OperatorException;
import dev.firn.contract.LakeRules;
import dev.firn.contract.LakeRules.Refusal;
import dev.firn.contract.TableToken;
import dev.firn.engine.attention.PassedOver;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.raw.RawFolders;
import dev.firn.engine.raw.RawZone;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Merges every table of the raw zone, several at a time, in one Spark application. */
public final class MergeJob {

  private final SparkSession spark;
  private final PipelineConfig config;
  private final Clock clock;
  private final MergeListener listener;

  /**
   * @param listener receives the progress of each table
   */
  public MergeJob(SparkSession spark, PipelineConfig config, Clock clock, MergeListener listener) {
    this.spark = spark;
    this.config = config;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Merges the pending files. A table that fails does not stop the other tables.
   *
   * @param only the tables to merge; empty for all
   * @return one result for each table, in the order of their names
   */
  public List<TableResult> run(Set<TableToken> only) throws InterruptedException {
    return run(MergeOrder.of(only));
  }

  /** Merges as the order says; otherwise like {@link #run(Set)}. */
  public List<TableResult> run(MergeOrder order) throws InterruptedException {
    // In PostgreSQL "Id" and id are two different columns.
    spark.conf().set("spark.sql.caseSensitive", "true");
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (LakeCatalog lake = new LakeCatalog(config.lake(), hadoop)) {
      MergeContext context =
          new MergeContext(spark, config, lake, new RawZone(config.raw(), hadoop), clock, listener)
              .doing(order);
      RawFolders folders = context.raw().folders(config.foreignTables());
      PassedOver.sentence(folders.passedOver()).ifPresent(listener::zoneNoted);
      List<TableToken> found = found(context, folders);
      List<TableToken> tables = tables(found, order.only());
      if (found.isEmpty()) {
        listener.zoneNoted(nothingYet());
      }
      refuseUnknown(order.accepted(), tables);
      lake.createDatabases();
      context.quarantine().createIfMissing();
      return mergeAll(context, tables, LakeRules.sharingAName(found));
    }
  }

  /**
   * @param shared groups of tables that would have the same name in the lake; none of them is
   *     merged
   */
  private List<TableResult> mergeAll(
      MergeContext context, List<TableToken> tables, List<List<TableToken>> shared)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(config.merge().parallelTables());
    List<Future<TableResult>> running =
        tables.stream().map(table -> pool.submit(() -> merge(context, table, shared))).toList();
    try {
      return results(running);
    } finally {
      // Tables that have started are allowed to finish: the lake is closed next, and an interrupt
      // in the middle of a commit would leave its outcome unknown.
      running.forEach(one -> one.cancel(false));
      pool.shutdown();
      awaitEnd(pool);
    }
  }

  private static List<TableResult> results(List<Future<TableResult>> running)
      throws InterruptedException {
    List<TableResult> results = new ArrayList<>();
    Optional<ExecutionException> failure = Optional.empty();
    for (Future<TableResult> result : running) {
      try {
        results.add(result.get());
      } catch (ExecutionException e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (failure.isPresent()) {
      throw new IllegalStateException("Cannot merge tables", failure.get().getCause());
    }
    return results;
  }

  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private TableResult merge(MergeContext context, TableToken table, List<List<TableToken>> shared) {
    return Logs.inTable(
        table.value(),
        () -> {
          TableResult result = mergeAlone(context, table, shared);
          listener.tableEnds(result);
          return result;
        });
  }

  // An Error also concerns only the table whose rows, files or code caused it: the others continue.
  private static TableResult mergeAlone(
      MergeContext context, TableToken table, List<List<TableToken>> shared) {
    try {
      refuse(table, shared);
      return TableResult.of(new TableMerge(context, table, context.engine(table)).run());
    } catch (Throwable e) {
      return TableResult.failed(table, e);
    }
  }

  private String nothingYet() {
    return ("nothing is in the raw zone yet, neither files of a table nor the schema document of one"
            + " in source.tables: %s. Start firn capture, or check raw in pipeline.yaml")
        .formatted(config.raw());
  }

  private static List<TableToken> tables(List<TableToken> found, Set<TableToken> only) {
    for (TableToken wanted : only) {
      if (!found.contains(wanted)) {
        throw new OperatorException(
            "Cannot merge table: there is no folder for it in the raw zone: " + wanted,
            "Tables in the raw zone: " + (found.isEmpty() ? "none" : found) + ".");
      }
    }
    return only.isEmpty() ? found : only.stream().sorted().toList();
  }

  private static void refuseUnknown(Set<String> accepted, List<TableToken> tables) {
    for (String path : accepted) {
      if (tables.stream().noneMatch(table -> path.startsWith(table.value() + "/"))) {
        throw new OperatorException(
            "Cannot give up raw file: it belongs to none of the tables to merge: " + path,
            "Give its path relative to the raw zone, exactly as merge reports it.");
      }
    }
  }

  private static void refuse(TableToken table, List<List<TableToken>> shared) {
    for (List<TableToken> tables : shared) {
      if (tables.contains(table)) {
        Refusal refusal = LakeRules.sharedName(tables);
        throw new OperatorException("Cannot merge table: " + refusal.why(), refusal.remedy());
      }
    }
  }

  /** The tables that have files, and the tables of the source that have no files yet. */
  private static List<TableToken> found(MergeContext context, RawFolders folders) {
    Set<TableToken> documented = new HashSet<>(context.raw().documentedTables());
    return Stream.concat(
            folders.tables().stream(),
            context.config().source().tables().stream()
                .map(SourceTable::token)
                .filter(documented::contains))
        .distinct()
        .sorted()
        .toList();
  }
}
