package dev.firn.etl.verify;

import dev.firn.console.JavaOptions;
import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeSession;
import dev.firn.etl.options.ConfigOption;
import dev.firn.pipeline.PipelineConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firn verify}. */
@JavaOptions("-XX:+UseParallelGC")
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares every table in PostgreSQL with the lake, row by row, at one position, and lists the"
          + " keys that differ.",
      "Exits with code 0 when all tables with a key are equal, 3 when a table differs, when a table"
          + " could not be compared, or when capture or merge lags."
    })
public final class VerifyCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--table",
      paramLabel = "TOKEN",
      description = "Compare only this table; repeat the option for several tables.")
  private List<String> tables = List.of();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long to wait until capture and merge reach the position of the comparison"
              + " (default: ${DEFAULT-VALUE}).")
  private long wait;

  @Option(
      names = "--ranges",
      paramLabel = "N",
      defaultValue = "64",
      description = "Number of key ranges, each with its own checksum (default: ${DEFAULT-VALUE}).")
  private long ranges;

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline = config.load();
    VerifyJob.Options options =
        new VerifyJob.Options(
            tables.stream().map(VerifyCommand::token).collect(Collectors.toSet()),
            Duration.ofSeconds(wait),
            ranges);
    VerifyJob.requireSource(pipeline);
    try (SparkSession spark = LakeSession.open(pipeline.lake(), "firn-verify")) {
      VerifyReport report =
          new VerifyJob(
                  spark, pipeline, Notices.logging(LoggerFactory.getLogger(VerifyCommand.class)))
              .run(options);
      System.out.print(report.render());
      return report.exitCode();
    }
  }

  private static TableToken token(String text) {
    if (!TableToken.isValid(text)) {
      throw new OperatorException(
          "Cannot verify table: not a valid table name in the raw zone: " + text,
          "Use the name of the table's folder in the raw zone.");
    }
    return new TableToken(text);
  }
}
