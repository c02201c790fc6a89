package dev.firn.contract;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The wall clock and the monotonic clock. People read the wall clock, which jumps when somebody
 * sets it. Every wait, age and timeout uses the monotonic clock, which never jumps.
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

  /** The time elapsed since a {@link #tick()}. */
  public Duration since(long tick) {
    return Duration.ofNanos(tick() - tick);
  }

  /** At least this much time has elapsed since a {@link #tick()}. */
  public boolean hasPassed(Duration duration, long tick) {
    return since(tick).compareTo(duration) >= 0;
  }
}
