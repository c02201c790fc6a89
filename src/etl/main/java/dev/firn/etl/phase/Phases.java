package dev.firn.etl.phase;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Measures how long each phase of one table's merge takes, on the wall's clock. */
public final class Phases {

  private final Map<Phase, Duration> times = new EnumMap<>(Phase.class);

  /** Runs a piece of a phase; its time is added to what the phase took so far. */
  public <T> T time(Phase phase, Supplier<T> work) {
    long begun = System.nanoTime();
    try {
      return work.get();
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      times.merge(phase, took, Duration::plus);
    }
  }

  public void time(Phase phase, Runnable work) {
    time(
        phase,
        () -> {
          work.run();
          return null;
        });
  }

  public Map<Phase, Duration> times() {
    return Map.copyOf(times);
  }
}
