package dev.firn.etl.merge;

import dev.firn.console.ExitCode;
import dev.firn.console.Failures;
import dev.firn.console.JavaOptions;
import dev.firn.console.OperatorException;
import dev.firn.console.TextTable;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.lake.LakeSession;
import dev.firn.etl.options.ConfigOption;
import dev.firn.pipeline.DurationText;
import dev.firn.pipeline.PipelineConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firn merge}. */
@JavaOptions("-XX:+UseParallelGC")
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Merges the pending raw files into the tables of the lake, and reports how many events were"
          + " applied, superseded, duplicate or quarantined.",
      "Exits with code 0 when everything was merged, 3 when a file is damaged or missing, when rows"
          + " were quarantined because the lake cannot store the columns of their table, or when too"
          + " many records were quarantined."
    })
public final class MergeCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--table",
      paramLabel = "TOKEN",
      description = "Merge only this table; repeat the option for several tables.")
  private List<String> tables = List.of();

  @Option(
      names = "--sweep",
      paramLabel = "AGE",
      arity = "0..1",
      fallbackValue = "0s",
      description = {
        "List all hour folders, whatever their age, and read the files that were added to them since"
            + " the last time.",
        "With an age, such as 24h: only for tables whose last sweep is at least that old."
      })
  private String sweep;

  @Option(
      names = "--accept-missing",
      paramLabel = "FILE",
      description =
          "Give up this raw file, which was listed and is now missing; repeat the option for several"
              + " files.")
  private List<String> accepted = List.of();

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline = config.load();
    try (SparkSession spark = LakeSession.open(pipeline.lake(), "firn-merge")) {
      MergeJob job = new MergeJob(spark, pipeline, Clock.systemUTC(), new MergeLog());
      List<TableResult> results = job.run(order());
      if (!results.isEmpty()) {
        System.out.print(table(results));
      }
      return exitCode(results);
    }
  }

  MergeOrder order() {
    Set<TableToken> only = tables.stream().map(MergeCommand::token).collect(Collectors.toSet());
    return new MergeOrder(
        only, Optional.ofNullable(sweep).map(MergeCommand::age), Set.copyOf(accepted));
  }

  private static Duration age(String text) {
    return DurationText.parse(text)
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot sweep: the value of --sweep is not an age: " + text,
                    DurationText.REMEDY));
  }

  private static TableToken token(String text) {
    if (!TableToken.isValid(text)) {
      throw new OperatorException(
          "Cannot merge table: not a valid table name in the raw zone: " + text,
          "Use the name of the table's folder in the raw zone.");
    }
    return new TableToken(text);
  }

  static String table(List<TableResult> results) {
    TextTable table =
        new TextTable(
            "table",
            "status",
            "files",
            "read",
            "applied",
            "superseded",
            "duplicate",
            "quarantined",
            "seconds",
            "events/s");
    for (TableResult result : results) {
      TableReport report = result.report();
      EventCounts counts = report.counts();
      table.row(
          report.table(),
          report.status(),
          report.files(),
          counts.total(),
          counts.applied(),
          counts.superseded(),
          counts.duplicate(),
          counts.quarantined(),
          String.format(Locale.ROOT, "%.1f", seconds(report.time())),
          Math.round(counts.total() / Math.max(0.001, seconds(report.time()))));
    }
    return table.render();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** The most severe exit code of all tables. */
  static int exitCode(List<TableResult> results) {
    return results.stream().mapToInt(MergeCommand::exitCode).max().orElse(ExitCode.DONE);
  }

  private static int exitCode(TableResult result) {
    if (result.failure().isEmpty()) {
      return result.report().isUndecided() ? ExitCode.DECISION : ExitCode.DONE;
    }
    return Failures.exitCode(result.failure().get());
  }
}
