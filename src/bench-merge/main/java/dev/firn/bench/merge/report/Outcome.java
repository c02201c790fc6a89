package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import dev.firn.bench.merge.Run;
import dev.firn.bench.merge.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** All measurements. */
public final class Outcome {

  private final Settings settings;
  private final List<Run> runs;

  public Outcome(Settings settings, List<Run> runs) {
    this.settings = settings;
    this.runs = List.copyOf(runs);
  }

  List<Course> courses() {
    return settings.courses();
  }

  Optional<Course> course(String name) {
    return courses().stream().filter(course -> course.name().equals(name)).findFirst();
  }

  /** The contenders with a measured run, in their declared order. */
  List<Entrant> entrants(Course course) {
    return runs.stream()
        .filter(run -> run.course().equals(course) && run.measure().isPresent())
        .map(Run::entrant)
        .distinct()
        .sorted()
        .toList();
  }

  List<Run> failures() {
    return runs.stream().filter(run -> !run.isRight()).toList();
  }

  List<Measure> measures(Course course, Entrant entrant) {
    return runs.stream()
        .filter(run -> run.course().equals(course) && run.entrant() == entrant)
        .flatMap(run -> run.measure().stream())
        .toList();
  }

  /** Empty if the contender did not run. */
  Optional<Spread> spread(Course course, Entrant entrant, ToDoubleFunction<Measure> value) {
    List<Double> values = measures(course, entrant).stream().map(value::applyAsDouble).toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  double median(Course course, Entrant entrant, ToDoubleFunction<Measure> value) {
    return spread(course, entrant, value).orElseThrow().median();
  }

  /** Seconds of each phase, medians; empty if the contender does not report them. */
  Map<String, Double> phases(Course course, Entrant entrant) {
    Map<String, Double> medians = new TreeMap<>();
    for (Measure measure : measures(course, entrant)) {
      for (String phase : measure.account().phases().keySet()) {
        medians.put(
            phase, median(course, entrant, one -> one.account().phases().getOrDefault(phase, 0.0)));
      }
    }
    return medians;
  }
}
