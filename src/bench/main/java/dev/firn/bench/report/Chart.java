package dev.firn.bench.report;

import dev.firn.bench.Discipline;
import dev.firn.benchreport.Bars;
import dev.firn.benchreport.Bars.Bar;
import dev.firn.benchreport.Bars.Panel;
import java.util.Arrays;
import java.util.List;

/** The medians as bars, on the same scale for all disciplines. */
public final class Chart {

  private final Outcome outcome;

  public Chart(Outcome outcome) {
    this.outcome = outcome;
  }

  public String svg() {
    double most =
        Arrays.stream(Discipline.values())
            .flatMap(discipline -> bars(discipline).stream())
            .mapToDouble(Bar::value)
            .reduce(1, Math::max);
    return new Bars("Rows a second, medians", "%,.0f")
        .svg(
            Arrays.stream(Discipline.values())
                .map(one -> new Panel(one.title() + ", rows a second", most, bars(one)))
                .toList());
  }

  private List<Bar> bars(Discipline discipline) {
    return outcome.contenders().stream()
        .map(
            contender ->
                new Bar(
                    contender,
                    outcome.rowsPerSecond(discipline, contender),
                    contender.startsWith("Firn")))
        .toList();
  }
}
