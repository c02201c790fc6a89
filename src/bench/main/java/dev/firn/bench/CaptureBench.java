package dev.firn.bench;

import dev.firn.bench.report.Chart;
import dev.firn.bench.report.Outcome;
import dev.firn.bench.report.Page;
import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import dev.firn.benchreport.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Races the producer against embedded Debezium, watches its memory, keeps what came out. */
public final class CaptureBench {

  private CaptureBench() {}

  /**
   * @param arguments Firn's folder; the producer's runnable jar
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]).toRealPath();
    Settings settings = Settings.of(System.getenv(), home, Path.of(arguments[1]).toRealPath());
    empty(settings.work());
    Machine machine = Machine.here();
    try (BenchDatabase database = BenchDatabase.start(settings.work().resolve("postgres"));
        CountingKinesis kinesis = CountingKinesis.start()) {
      String server = database.text("SELECT current_setting('server_version')");
      new Course(settings, database, kinesis).lay();
      List<Run> runs = new Races(settings, database, kinesis).run();
      List<MemoryCheck> memory = new ArrayList<>(new Soak(settings, database, kinesis).run());
      memory.addAll(new Idle(settings, database, kinesis).run());
      keep(settings, machine, new Outcome(server, runs, memory));
    }
  }

  private static void keep(Settings settings, Machine machine, Outcome outcome) throws IOException {
    Files.createDirectories(settings.reports());
    String page = new Page(settings, machine, outcome).text();
    Files.writeString(settings.reports().resolve("capture.md"), page);
    Files.writeString(settings.reports().resolve("capture.svg"), new Chart(outcome).svg());
    System.out.println(page);
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
