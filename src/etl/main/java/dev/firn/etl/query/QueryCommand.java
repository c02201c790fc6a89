package dev.firn.etl.query;

import dev.firn.console.ExitCode;
import dev.firn.console.OperatorException;
import dev.firn.engine.lake.LakeSession;
import dev.firn.etl.options.ConfigOption;
import dev.firn.pipeline.PipelineConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code firn query}. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Runs one SQL query against the lake: firn query \"SELECT * FROM sales\".")
public final class QueryCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Parameters(
      paramLabel = "SQL",
      description = "A query in Spark SQL: quote names with `backticks`; \"…\" is a string.")
  private String sql;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "Output format: one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "1000",
      description = "Print at most this many rows (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() throws Exception {
    if (limit < 1) {
      throw new OperatorException(
          "Cannot print rows: --limit must be 1 or more: " + limit,
          "Omit --limit to print at most 1000 rows.");
    }
    PipelineConfig pipeline = config.load();
    try (SparkSession spark = LakeSession.open(pipeline.lake(), "firn-query")) {
      PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
      out.print(new LakeQuery(spark, pipeline.lake()).answer(sql, format, limit));
      out.flush();
      return ExitCode.DONE;
    }
  }
}
