package dev.firn.etl.verify;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code firn verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares every table in PostgreSQL with the lake, row by row, at one position, and names the"
          + " keys that differ.",
      "Exits with 0 when all tables with a key are equal; with 3 when some differ, when some or all"
          + " could not be compared, or when the lake is behind."
    })
public final class VerifyCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--table",
      paramLabel = "TOKEN",
      description = "Compare this table only; may be given more than once.")
  private List<String> tables = List.of();

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for capture and merge to get there (${DEFAULT-VALUE}).")
  private long wait;

  @Option(
      names = "--ranges",
      paramLabel = "N",
      defaultValue = "64",
      description = "Ranges of keys with a checksum each (${DEFAULT-VALUE}).")
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
      spark.sparkContext().setLogLevel("ERROR");
      VerifyReport report = new VerifyJob(spark, pipeline, VerifyCommand::tell).run(options);
      System.out.print(report.render());
      return report.exitCode();
    }
  }

  private static TableToken token(String text) {
    if (!TableToken.isValid(text)) {
      throw new OperatorException(
          "Cannot verify table: this is no table's token: " + text,
          "Use the name of its folder in the raw zone.");
    }
    return new TableToken(text);
  }

  private static void tell(String message) {
    System.err.println("verify: " + message);
  }
}
