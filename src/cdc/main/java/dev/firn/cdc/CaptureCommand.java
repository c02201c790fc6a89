package dev.firn.cdc;

import dev.firn.cdc.capture.Capture;
import dev.firn.cdc.capture.CaptureOptions;
import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.cdc.capture.StopSignal;
import dev.firn.console.ExitCode;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "capture",
    description = {
      "Copies the tables of the source once, then follows its log, until it is stopped.",
      "Ctrl-C and SIGTERM end it in good order; after any other end it goes on where it was."
    },
    mixinStandardHelpOptions = true)
final class CaptureCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      description = "Configuration of the pipeline (default: ${DEFAULT-VALUE}).",
      defaultValue = "pipeline.yaml")
  private Path config;

  @Option(
      names = "--once",
      description = "End when everything is captured that was committed at the start.")
  private boolean once;

  @Option(
      names = "--resnapshot",
      description = "Begin anew: drop the slot, make another, copy all tables again.")
  private boolean resnapshot;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = {
        "Lowest epoch of a new snapshot, where the record of the last one is lost:",
        "a number above the highest _epoch in the lake."
      },
      defaultValue = "1")
  private int epoch;

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline = PipelineFile.load(config);
    PrintWriter err = spec.commandLine().getErr();
    StopSignal stop = new StopSignal();
    Capture capture =
        new Capture(pipeline, options(), stop, notice -> err.println("capture: " + notice));
    try (Shutdown shutdown = Shutdown.requesting(stop)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(capture.run());
      out.flush();
      shutdown.succeeded();
      return ExitCode.DONE;
    }
  }

  private CaptureOptions options() {
    return new CaptureOptions(
        resnapshot ? Beginning.NEW_SNAPSHOT : Beginning.WHERE_IT_ENDED,
        once ? End.WHEN_CAUGHT_UP : End.WHEN_STOPPED,
        CaptureOptions.DEFAULT_PATIENCE,
        epoch);
  }
}
