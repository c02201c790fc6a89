package dev.firn.local.demo;

import dev.firn.console.DecisionException;
import dev.firn.console.ExitCode;
import dev.firn.console.OperatorException;
import dev.firn.local.FirnHome;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.StageFailedException;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the {@link Demo} on a local database, or on the user's. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole pipeline on this machine: a PostgreSQL, a workload, capture, merges, and the proof.",
      "With --config it uses the PostgreSQL of that pipeline, which must have none of the sample's"
          + " tables, or empty ones."
    })
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "target/demo",
      description = "Folder for all its files, emptied first. Default: ${DEFAULT-VALUE}.")
  private Path work;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Your own pipeline, instead of --work.")
  private Path config;

  @Option(
      names = "--aws-local",
      description = {
        "Use Kinesis, S3 and Glue's catalog, on an emulator of AWS; needs Python 3.10 or newer."
      })
  private boolean awsLocal;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Changes a second of the workload. Default: ${DEFAULT-VALUE}.")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the workload's random choices. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    Pace pace = pace();
    StageConsole console = new StageConsole(System.out);
    Workload workload = Workload.read(FirnHome.sampleData(), seed);
    console.print("demo", "seed %s".formatted(seed));
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetup setup = new DemoSetup(console, end);
      DemoSetting setting = setting(setup);
      console.print("demo", "PostgreSQL runs: " + setting.address());
      Stages stages = setup.stages(setting);
      new Demo(workload, setting, stages, console).run(pace);
      if (setting.aws().isPresent()) {
        new DemoLake(setting.aws().get()).listing().forEach(line -> console.print("aws", line));
      } else {
        console.printAsIs(whatNext(setting.pipeline()));
      }
    } catch (StageFailedException e) {
      throw asFailureOfDemo(e);
    }
    console.printAsIs("demo: all %s tables equal".formatted(Workload.tables().size()));
    return ExitCode.DONE;
  }

  private DemoSetting setting(DemoSetup setup) throws InterruptedException {
    if (awsLocal && config != null) {
      throw new OperatorException(
          "Cannot use --aws-local and --config together: --aws-local writes its own pipeline: "
              + config,
          "Omit one of them.");
    }
    if (config != null) {
      return DemoSetting.ofPipeline(config);
    }
    DemoFolder folder = new DemoFolder(work);
    return awsLocal ? setup.onAws(folder) : setup.inFolder(folder);
  }

  private Pace pace() {
    if (!(rate > 0)) {
      throw new OperatorException(
          "Cannot use --rate: it is not above 0: " + rate, "Omit it to use the default.");
    }
    return Pace.perSecond(rate);
  }

  private String whatNext(Path pipeline) {
    String query =
        """

        Ask the lake:   bin/firn query "select region, sum(revenue) from sales group by 1" --config %s
        """
            .formatted(pipeline);
    return config != null
        ? query
        : query
            + """
            Database again: bin/firn database --work %1$s
            Look around:    %1$s/raw, %1$s/warehouse
            """
                .formatted(work);
  }

  private static RuntimeException asFailureOfDemo(StageFailedException failure) {
    String problem = "Cannot finish the demo: " + failure.getMessage();
    String remedy = "Its message is above.";
    return switch (failure.exitCode()) {
      case ExitCode.CONFIGURATION -> new OperatorException(problem, remedy, failure);
      case ExitCode.DECISION -> new DecisionException(problem, remedy);
      default -> new IllegalStateException(problem + ". " + remedy);
    };
  }
}
