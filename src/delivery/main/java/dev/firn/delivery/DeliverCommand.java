package dev.firn.delivery;

import dev.firn.console.ExitCode;
import dev.firn.console.JavaOptions;
import dev.firn.console.Notices;
import dev.firn.console.Shutdown;
import dev.firn.console.StopSignal;
import dev.firn.delivery.run.Delivery;
import dev.firn.delivery.run.DeliveryOptions;
import dev.firn.delivery.run.DeliveryOptions.End;
import dev.firn.delivery.write.Oddity;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@JavaOptions("-XX:+UseSerialGC")
@Command(
    name = "deliver",
    description = {
      "Writes the records of the Kinesis stream to the raw zone, as Firehose does, until it is"
          + " stopped.",
      "Ctrl-C and SIGTERM stop it cleanly. After any other exit the next run repeats some records and"
          + " misses none."
    },
    mixinStandardHelpOptions = true)
final class DeliverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration of the pipeline (default: ${DEFAULT-VALUE}).",
      defaultValue = "pipeline.yaml")
  private Path config;

  @Option(
      names = "--once",
      description = "Exit once everything that was in the stream at the start is delivered.")
  private boolean once;

  @Option(
      names = "--odd",
      description = {
        "For tests: write files with an oddity that Firehose allows and readers must tolerate:",
        "${COMPLETION-CANDIDATES}."
      },
      split = ",",
      paramLabel = "ODDITY")
  private Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline = PipelineFile.load(config);
    StopSignal stop = new StopSignal();
    DeliveryOptions options =
        new DeliveryOptions(once ? End.WHEN_CAUGHT_UP : End.WHEN_STOPPED, oddities);
    Delivery delivery =
        new Delivery(
            pipeline, options, stop, Notices.logging(LoggerFactory.getLogger(Delivery.class)));
    try (Shutdown shutdown = Shutdown.requesting(stop)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(delivery.run());
      out.flush();
      shutdown.succeeded();
      return ExitCode.DONE;
    }
  }
}
