package dev.firn.local.workload;

import dev.firn.console.ExitCode;
import dev.firn.console.OperatorException;
import dev.firn.console.Progress;
import dev.firn.local.FirnHome;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.SourceConfig;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays the {@link Workload} on a database. */
@Command(
    name = "workload",
    mixinStandardHelpOptions = true,
    description = "Plays the sample workload on a PostgreSQL database.")
public final class WorkloadCommand implements Callable<Integer> {

  enum Phase {
    INITIAL,
    INCREMENTAL,
    ALL
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "pipeline.yaml",
      description = "Pipeline whose source is used. Default: ${DEFAULT-VALUE}.")
  private Path config;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Instead of --config: jdbc:postgresql://…; the password is read from FIRN_PG_PASSWORD.")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      defaultValue = "firn",
      description = "With --url: the role that owns the tables. Default: ${DEFAULT-VALUE}.")
  private String user;

  @Option(
      names = "--sample",
      paramLabel = "DIR",
      description = "Folder of the sample data. Default: Firn's own.")
  private Path sample;

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      defaultValue = "ALL",
      description = "${COMPLETION-CANDIDATES}; INITIAL creates and loads the tables. Default: ALL.")
  private Phase phase;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Changes a second of the incremental phase. Default: as fast as possible.")
  private Double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the random choices; both phases need the same. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    Workload workload =
        Workload.read(Optional.ofNullable(sample).orElseGet(FirnHome::sampleData), seed);
    Optional<SourceConfig> source =
        url == null ? Optional.of(PipelineFile.load(config).source()) : Optional.empty();
    DatabaseAddress address = source.map(DatabaseAddress::of).orElseGet(this::namedAddress);
    Pace pace = pace();
    System.out.println("Seed " + seed + ", " + address);
    if (phase != Phase.INCREMENTAL) {
      workload.createAndLoad(address, source.map(SourceConfig::publication).orElse("firn"));
      System.out.printf(Locale.ROOT, "Loaded: %,d rows%n", workload.initialRows());
    }
    if (phase != Phase.INITIAL) {
      playIncremental(workload, address, pace);
    }
    return ExitCode.DONE;
  }

  private static void playIncremental(Workload workload, DatabaseAddress address, Pace pace)
      throws InterruptedException {
    try (Progress progress = Progress.onConsole("workload", "transactions")) {
      workload.playIncremental(address, pace, () -> progress.advance(1));
      System.out.printf(Locale.ROOT, "Played: %,d transactions%n", progress.done());
    }
  }

  private DatabaseAddress namedAddress() {
    String password = Optional.ofNullable(System.getenv("FIRN_PG_PASSWORD")).orElse("");
    return new DatabaseAddress(url, user, password);
  }

  private Pace pace() {
    if (rate == null) {
      return Pace.unlimited();
    }
    if (!(rate > 0)) {
      throw new OperatorException(
          "Cannot use --rate: it is not above 0: " + rate, "Omit it for full speed.");
    }
    return Pace.perSecond(rate);
  }
}
