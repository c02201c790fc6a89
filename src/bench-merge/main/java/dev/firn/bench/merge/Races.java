package dev.firn.bench.merge;

import dev.firn.bench.merge.data.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every contender over every course, one after the other in each round. One that fails is left out
 * of the rounds that follow; each table is compared with the reference after each run.
 */
final class Races {

  private final Settings settings;
  private final Workers workers;
  private final Reference reference;
  private final List<Run> runs = new ArrayList<>();

  Races(Settings settings, Workers workers) {
    this.settings = settings;
    this.workers = workers;
    this.reference = new Reference(settings);
  }

  List<Run> run() {
    for (Course course : settings.courses()) {
      System.err.printf("bench: %s: %s%n", course.name(), course.title());
      race(course);
    }
    return runs;
  }

  private void race(Course course) {
    Checksum expected = reference.of(course);
    workers.stage(course);
    List<Entrant> entrants = new ArrayList<>(entrants(course));
    entrants.removeIf(entrant -> !isLaid(course, entrant));
    for (int round = 1 - settings.warmUps(); round <= settings.rounds(); round++) {
      for (Entrant entrant : List.copyOf(entrants)) {
        Run run = run(course, entrant, round, expected);
        report(run);
        if (round > 0 || !run.isRight()) {
          runs.add(run);
        }
        if (!run.isRight()) {
          entrants.remove(entrant);
        }
      }
    }
  }

  private List<Entrant> entrants(Course course) {
    return Arrays.stream(Entrant.values())
        .filter(entrant -> entrant.runs(course))
        .filter(
            entrant ->
                settings.contenders().isEmpty() || settings.contenders().contains(entrant.name()))
        .toList();
  }

  private boolean isLaid(Course course, Entrant entrant) {
    System.err.printf("bench: %s, tables of %s%n", course.name(), entrant.title());
    try {
      workers.lay(course, entrant);
      return true;
    } catch (WorkerException e) {
      Run run = new Run(course, entrant, 0, Optional.empty(), e.getMessage());
      report(run);
      runs.add(run);
      return false;
    }
  }

  private Run run(Course course, Entrant entrant, int round, Checksum expected) {
    try {
      Measure measure = workers.run(course, entrant);
      if (measure.checksum().equals(expected)) {
        return new Run(course, entrant, round, Optional.of(measure), "");
      }
      String wrong = "WRONG: %s, expected %s".formatted(measure.checksum(), expected);
      return new Run(course, entrant, round, Optional.empty(), wrong);
    } catch (WorkerException e) {
      return new Run(course, entrant, round, Optional.empty(), e.getMessage());
    }
  }

  private static void report(Run run) {
    String what =
        run.measure()
            .map(
                measure ->
                    String.format(
                        Locale.ROOT,
                        "CPU %.2f s, %.2f s, %.1f MB in %d files, scan CPU %.2f s, right %s %s",
                        measure.cpuSeconds(),
                        measure.seconds(),
                        measure.bytes() / 1e6,
                        measure.files(),
                        measure.scan().cpuSeconds(),
                        measure.account().plan(),
                        new TreeMap<>(measure.account().phases())))
            .orElse(run.failure());
    System.err.printf(
        "bench: %s, round %d, %s: %s%n",
        run.course().name(), run.round(), run.entrant().title(), what);
  }
}
