package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import dev.firn.bench.server.MeteredProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs the producer's jar as users do, and checks that the number of events it reports is right.
 */
final class FirnCapture {

  private final Settings settings;
  private final BenchDatabase database;
  private final CountingKinesis kinesis;

  FirnCapture(Settings settings, BenchDatabase database, CountingKinesis kinesis) {
    this.settings = settings;
    this.database = database;
    this.kinesis = kinesis;
  }

  /**
   * Captures until it has caught up.
   *
   * @param name of a folder for its output
   */
  MeteredProcess.Ended once(
      FirnSink sink, Discipline discipline, String name, List<String> javaOptions) {
    Path folder = folder(sink, discipline, name);
    Path config = FirnPipeline.write(folder, database, kinesis, sink, discipline);
    List<String> command = new ArrayList<>(List.of(Java.command()));
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", settings.runnable().toString()));
    command.addAll(List.of("capture", "--once", "--config", config.toString()));
    long before = kinesis.records();
    try (MeteredProcess process =
        MeteredProcess.start(command, FirnPipeline.ENVIRONMENT, folder.resolve("log"), database)) {
      MeteredProcess.Ended ended = process.await();
      requireArrived(sink, FirnReport.in(ended.output()), kinesis.records() - before);
      return ended;
    }
  }

  Path folder(FirnSink sink, Discipline discipline, String name) {
    String folder = "firn-%s-%s-%s".formatted(sink, discipline, name);
    return settings.work().resolve(folder.toLowerCase(Locale.ROOT));
  }

  private static void requireArrived(FirnSink sink, FirnReport report, long arrived) {
    if (sink == FirnSink.KINESIS && arrived != report.events()) {
      throw new IllegalStateException(
          "Cannot count the run: %d events were reported, but a different number arrived: %d"
              .formatted(report.events(), arrived));
    }
  }
}
