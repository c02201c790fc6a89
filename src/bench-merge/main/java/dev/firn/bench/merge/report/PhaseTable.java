package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import dev.firn.engine.phase.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The time of each phase of a course, for contenders that report it. */
final class PhaseTable {

  private final Outcome outcome;
  private final Course course;

  PhaseTable(Outcome outcome, Course course) {
    this.outcome = outcome;
    this.course = course;
  }

  /** Empty if no contender reports phases. */
  String text() {
    List<Entrant> telling =
        outcome.entrants(course).stream()
            .filter(entrant -> !outcome.phases(course, entrant).isEmpty())
            .toList();
    return telling.isEmpty()
        ? ""
        : telling.stream().map(this::line).collect(Collectors.joining("", head(), ""));
  }

  private String head() {
    String names = join(Phase::toString);
    String lines = join(phase -> "--:").replace(" ", "");
    return """

        Time of each phase, wall s, medians%s:

        | contender | plan | %s | total |
        |---|---|%s|--:|
        """
        .formatted(course.tables() == 1 ? "" : ", of all tables together", names, lines);
  }

  private String line(Entrant entrant) {
    Map<String, Double> phases = outcome.phases(course, entrant);
    String plan = outcome.measures(course, entrant).get(0).account().plan();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f |%n",
        entrant.title(),
        plan,
        join(phase -> seconds(phases.getOrDefault(phase.toString(), 0.0))),
        outcome.median(course, entrant, Measure::seconds));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds);
  }

  private static String join(Function<Phase, String> cell) {
    return Arrays.stream(Phase.values()).map(cell).collect(Collectors.joining(" | "));
  }
}
