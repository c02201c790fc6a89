package dev.firn.cdc;

import dev.firn.cdc.capture.Capture;
import dev.firn.cdc.capture.CaptureOptions;
import dev.firn.cdc.capture.CaptureOptions.Ahead;
import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.CaptureOptions.Decisions;
import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.cdc.capture.CaptureReport;
import dev.firn.console.ExitCode;
import dev.firn.console.JavaOptions;
import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.console.Shutdown;
import dev.firn.console.StopSignal;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@JavaOptions("-XX:+UseSerialGC -Xms48m")
@Command(
    name = "capture",
    description = {
      "Copies the tables of the source once, then streams their changes until it is stopped.",
      "Ctrl-C and SIGTERM stop it cleanly; after a crash it resumes from the last durable position."
    },
    mixinStandardHelpOptions = true)
final class CaptureCommand implements Callable<Integer> {

  private static final String EVERYTHING = "*";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration of the pipeline (default: ${DEFAULT-VALUE}).",
      defaultValue = "pipeline.yaml")
  private Path config;

  @Option(
      names = "--once",
      description = "Exit once everything that was committed at the start is captured.")
  private boolean once;

  @Option(
      names = "--resnapshot",
      paramLabel = "TABLE",
      arity = "0..1",
      split = ",",
      fallbackValue = EVERYTHING,
      description = {
        "Copy these tables again while the other tables continue.",
        "Without a table start over: recreate the slot and copy all tables."
      })
  private List<String> resnapshot = List.of();

  @Option(
      names = "--accept",
      paramLabel = "TABLE",
      split = ",",
      description = {
        "Accept these tables, which may lack changes, as complete:",
        "use it only if you know that no change is missing."
      })
  private List<String> accept = List.of();

  @Option(
      names = "--accept-ahead",
      description = {
        "After a failover to a standby that lacks changes already sent: resume in a new epoch,",
        "whose changes win. Verify the rows that the standby lacks."
      })
  private boolean acceptAhead;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = {
        "Lowest epoch of a new snapshot, for when the record of the last epoch is lost:",
        "a number above the highest _epoch in the lake."
      },
      defaultValue = "1")
  private int epoch;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = {
        "Append a line per minute in CloudWatch's embedded metric format to this file;",
        "- writes to standard output, which a container forwards to CloudWatch."
      })
  private Path metrics;

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline = PipelineFile.load(config);
    refuseMetrics();
    StopSignal stop = new StopSignal();
    Capture capture =
        new Capture(
            pipeline,
            options(pipeline.source()),
            stop,
            Notices.logging(LoggerFactory.getLogger(Capture.class)),
            this::tellMetrics);
    try (Shutdown shutdown = Shutdown.requesting(stop)) {
      PrintWriter out = spec.commandLine().getOut();
      CaptureReport report = capture.run();
      out.println(report);
      out.flush();
      shutdown.endedWith(report.decision().isPresent() ? ExitCode.DECISION : ExitCode.DONE);
      if (report.decision().isPresent()) {
        throw report.decision().get();
      }
      return ExitCode.DONE;
    }
  }

  private void tellMetrics(String line) {
    if (metrics == null) {
      return;
    }
    if (isStandardOutput()) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    } else {
      append(line + "\n");
    }
  }

  // Fails at the start, not a minute later with the first line.
  private void refuseMetrics() {
    if (metrics != null && !isStandardOutput()) {
      append("");
    }
  }

  private boolean isStandardOutput() {
    return metrics.toString().equals("-");
  }

  private void append(String text) {
    try {
      Files.writeString(metrics, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot write metrics: the file cannot be created or written: " + metrics,
          "Name a writable file in a folder that exists.",
          e);
    }
  }

  private CaptureOptions options(SourceConfig source) {
    boolean everything = resnapshot.contains(EVERYTHING);
    Set<QualifiedName> again = everything ? Set.of() : named(resnapshot, source);
    return new CaptureOptions(
        everything ? Beginning.NEW_SNAPSHOT : Beginning.WHERE_IT_ENDED,
        once ? End.WHEN_CAUGHT_UP : End.WHEN_STOPPED,
        CaptureOptions.DEFAULT_PATIENCE,
        epoch,
        new Decisions(again, named(accept, source), acceptAhead ? Ahead.ACCEPTED : Ahead.REFUSED));
  }

  private static Set<QualifiedName> named(List<String> tables, SourceConfig source) {
    return tables.stream().map(table -> named(table, source)).collect(Collectors.toSet());
  }

  private static QualifiedName named(String text, SourceConfig source) {
    return source.tables().stream()
        .filter(
            table ->
                table.token().value().equals(text)
                    || QualifiedName.parse(text).filter(table.name()::equals).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot find table: it is not in source.tables: " + text,
                    "Write the name as in pipeline.yaml, or the table's token."))
        .name();
  }
}
