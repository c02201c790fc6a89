package dev.firn.contract;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What time it is, and how much of it has passed. The first is what people read and jumps when
 * somebody sets it; every wait, age and limit of time goes by the second, which never does.
 *
 * @param wall for names and time stamps alone
 * @param ticks nanoseconds since any moment, as of {@link System#nanoTime()}
 */
public record Clocks(Clock wall, LongSupplier ticks) {

  public static final Clocks SYSTEM = new Clocks(Clock.systemUTC(), System::nanoTime);

  /** Now, for {@link #since} alone. */
  public long tick() {
    return ticks.getAsLong();
  }

  /** What has passed since a {@link #tick()}. */
  public Duration since(long tick) {
    return Duration.ofNanos(tick() - tick);
  }

  /** So much has passed since a {@link #tick()}, or more. */
  public boolean hasPassed(Duration duration, long tick) {
    return since(tick).compareTo(duration) >= 0;
  }
}
