package dev.firn.cdc.capture;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: a random time from one second to a bound that doubles
 * with each, up to a minute. Random, so that many producers do not come back at one instant.
 */
final class Backoff {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final DoubleSupplier random;
  private Duration bound = SHORTEST;

  /**
   * @param random gives numbers from 0 to below 1
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    long spread = bound.minus(SHORTEST).toMillis();
    Duration wait = SHORTEST.plusMillis((long) (spread * random.getAsDouble()));
    Duration doubled = bound.multipliedBy(2);
    bound = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  /** There was progress: begin with short waits again. */
  void reset() {
    bound = SHORTEST;
  }
}
