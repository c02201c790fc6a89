package dev.firn.etl.merge;

import dev.firn.console.ExitCode;
import dev.firn.console.Failures;
import dev.firn.console.OperatorException;
import dev.firn.console.TextTable;
import dev.firn.console.Verbosity;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.lake.LakeSession;
import dev.firn.engine.phase.Phase;
import dev.firn.etl.options.ConfigOption;
import dev.firn.pipeline.DurationText;
import dev.firn.pipeline.PipelineConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code firn merge}. */
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

  @Spec private CommandSpec spec;
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
    Lines lines = new Lines(Verbosity.isAsked(spec.commandLine()));
    try (SparkSession spark = LakeSession.open(pipeline.lake(), "firn-merge")) {
      spark.sparkContext().setLogLevel("ERROR");
      MergeJob job = new MergeJob(spark, pipeline, Clock.systemUTC(), lines);
      List<TableResult> results = job.run(order());
      System.out.print(table(results));
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

  /** Reports the progress on stderr, one line for each step. */
  private static final class Lines implements MergeListener {

    private final boolean verbose;

    Lines(boolean verbose) {
      this.verbose = verbose;
    }

    @Override
    public void batchBegins(String table, int files, long bytes) {
      System.err.printf(Locale.ROOT, "merge: %s: %,d files, %,.1f MB%n", table, files, bytes / 1e6);
    }

    @Override
    public void zoneNoted(String note) {
      System.err.printf("merge: %s%n", note);
    }

    @Override
    public void tableEnds(TableResult result) {
      TableReport report = result.report();
      report
          .notes()
          .forEach(note -> System.err.printf(Locale.ROOT, "merge: %s: %s%n", report.table(), note));
      if (report.files() > 0) {
        System.err.printf(
            Locale.ROOT,
            "merge: %s: %,d events in %.1f s%n",
            report.table(),
            report.counts().total(),
            seconds(report.time()));
        System.err.printf(Locale.ROOT, "merge: %s: %s%n", report.table(), effort(report.effort()));
      }
      if (verbose) {
        result.failure().ifPresent(Throwable::printStackTrace);
      }
    }
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

  /** The plan, and the time of each phase: {@code small: …; list 0.1, read 0.4, …}. */
  static String effort(Effort effort) {
    String phases =
        Arrays.stream(Phase.values())
            .filter(effort.phases()::containsKey)
            .map(
                phase ->
                    String.format(
                        Locale.ROOT, "%s %.1f", phase, seconds(effort.phases().get(phase))))
            .collect(Collectors.joining(", "));
    return String.join(", ", effort.plans()) + "; " + phases;
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
