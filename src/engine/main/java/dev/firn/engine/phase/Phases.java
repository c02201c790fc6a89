package dev.firn.engine.phase;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Measures how long each phase of one table's merge takes, in elapsed time. */
public final class Phases {

  private final long begun = System.nanoTime();
  private final Map<Phase, Duration> times = new EnumMap<>(Phase.class);

  /** Runs a part of a phase and adds its time to the phase. */
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

  /** The time since the measuring began. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** The time of each phase so far, in seconds: {@code list 0.104, read 0.400}. */
  public String text() {
    return Arrays.stream(Phase.values())
        .filter(times::containsKey)
        .map(phase -> phase + " " + seconds(times.get(phase)))
        .collect(Collectors.joining(", "));
  }

  /** With three decimals, independent of the machine's locale. */
  public static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  public Map<Phase, Duration> times() {
    return Map.copyOf(times);
  }
}
