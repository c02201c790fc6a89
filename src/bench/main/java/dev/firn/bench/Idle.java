package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import dev.firn.bench.server.MeteredProcess;
import dev.firn.bench.server.ProcessTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The memory of {@code bin/firn capture} while the source is idle. */
final class Idle {

  private static final Duration QUIET = Duration.ofSeconds(10);

  private final Settings settings;
  private final BenchDatabase database;
  private final CountingKinesis kinesis;

  Idle(Settings settings, BenchDatabase database, CountingKinesis kinesis) {
    this.settings = settings;
    this.database = database;
    this.kinesis = kinesis;
  }

  List<MemoryCheck> run() throws InterruptedException {
    List<MemoryCheck> checks = new ArrayList<>();
    for (FirnSink sink : FirnSink.values()) {
      checks.add(rest(sink));
    }
    return checks;
  }

  private MemoryCheck rest(FirnSink sink) throws InterruptedException {
    Path folder =
        new FirnCapture(settings, database, kinesis).folder(sink, Discipline.STREAMING, "idle");
    Path config = FirnPipeline.write(folder, database, kinesis, sink, Discipline.STREAMING);
    List<String> command =
        List.of(settings.command().toString(), "capture", "--config", config.toString());
    Map<String, String> environment = new HashMap<>(FirnPipeline.ENVIRONMENT);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    try (MeteredProcess process =
        MeteredProcess.start(command, environment, folder.resolve("log"), database)) {
      Thread.sleep(QUIET.toMillis());
      if (!process.isAlive()) {
        throw new IllegalStateException("Cannot watch capture: it ended: " + process.output());
      }
      long resident = ProcessTable.resident(process.pid());
      MemoryCheck check =
          new MemoryCheck("idle, " + sink.title(), "those of bin/firn", resident, 0);
      System.err.println("bench: " + check);
      return check;
    }
  }
}
