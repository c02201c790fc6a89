package dev.firn.etl.merge;

import dev.firn.engine.phase.Phase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long a table's merge took, and which plan it used.
 *
 * @param time from the plan to the end
 * @param phases the time of each phase; the rest of the time was spent between phases
 * @param plans the engine's physical plan of each batch
 */
public record Effort(Duration time, Map<Phase, Duration> phases, List<String> plans) {

  static final Effort NONE = new Effort(Duration.ZERO, Map.of(), List.of());

  public Effort {
    phases = Map.copyOf(phases);
    plans = List.copyOf(plans);
  }

  Effort plus(Effort next) {
    Map<Phase, Duration> sum = new EnumMap<>(Phase.class);
    sum.putAll(phases);
    next.phases.forEach((phase, took) -> sum.merge(phase, took, Duration::plus));
    List<String> all = Stream.of(plans, next.plans).flatMap(List::stream).toList();
    return new Effort(time.plus(next.time), sum, all);
  }
}
