package dev.firn.bench.merge;

import dev.firn.bench.merge.data.RawData;
import dev.firn.bench.merge.report.Outcome;
import dev.firn.bench.merge.report.Reports;
import dev.firn.benchreport.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compares Firn's merge with other ways to update the same table, and keeps the results. */
public final class MergeBench {

  private MergeBench() {}

  /**
   * Exits with code 1 if the table of a contender differs from the reference.
   *
   * @param arguments Firn's folder
   */
  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]).toRealPath();
    Settings settings = Settings.of(System.getenv(), home);
    Files.createDirectories(settings.raw());
    Machine machine = Machine.here();
    RawData data = new RawData(settings);
    settings.courses().forEach(data::lay);
    List<Run> runs;
    try (Workers workers = new Workers(settings)) {
      runs = new Races(settings, workers).run();
    }
    new Reports(settings, machine, new Outcome(settings, runs)).keep();
    if (runs.stream().anyMatch(run -> !run.isRight())) {
      System.err.println("bench: not all tables equal the reference, see above");
      System.exit(1);
    }
  }
}
