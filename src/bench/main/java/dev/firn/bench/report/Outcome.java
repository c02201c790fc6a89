package dev.firn.bench.report;

import dev.firn.bench.Discipline;
import dev.firn.bench.MemoryCheck;
import dev.firn.bench.Run;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All measurements.
 *
 * @param server version of PostgreSQL
 */
public record Outcome(String server, List<Run> runs, List<MemoryCheck> memory) {

  public Outcome {
    runs = List.copyOf(runs);
    memory = List.copyOf(memory);
  }

  /** In the order of the runs. */
  List<String> contenders() {
    return runs.stream().map(Run::contender).distinct().toList();
  }

  List<Run> runs(Discipline discipline, String contender) {
    return runs.stream()
        .filter(run -> run.discipline() == discipline && run.contender().equals(contender))
        .toList();
  }

  /** The median of all rounds; of an even number the lower middle. */
  double median(Discipline discipline, String contender, ToDoubleFunction<Run> value) {
    List<Double> sorted =
        runs(discipline, contender).stream()
            .map(value::applyAsDouble)
            .sorted(Comparator.naturalOrder())
            .toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  double rowsPerSecond(Discipline discipline, String contender) {
    return median(discipline, contender, Run::rowsPerSecond);
  }
}
