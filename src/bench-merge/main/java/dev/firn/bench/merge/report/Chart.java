package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import dev.firn.benchreport.Bars;
import dev.firn.benchreport.Bars.Bar;
import dev.firn.benchreport.Bars.Panel;

/** CPU seconds of each contender as bars, with a separate scale for each course. */
final class Chart {

  private final Outcome outcome;

  Chart(Outcome outcome) {
    this.outcome = outcome;
  }

  String svg() {
    return new Bars("CPU seconds of a merge, medians: shorter is better", "%.2f")
        .svg(outcome.courses().stream().map(this::panel).toList());
  }

  private Panel panel(Course course) {
    return new Panel(
        course.name() + ": " + course.title() + ", CPU seconds",
        outcome.entrants(course).stream().map(entrant -> bar(course, entrant)).toList());
  }

  private Bar bar(Course course, Entrant entrant) {
    double seconds = outcome.median(course, entrant, Measure::cpuSeconds);
    return new Bar(entrant.title(), seconds, entrant.isFirn());
  }
}
