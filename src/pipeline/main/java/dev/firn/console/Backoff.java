package dev.firn.console;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that failed is tried again: a random time, between the minimum
 * and a bound that doubles with each failure. Random, so that clients that failed together do not
 * retry together.
 */
public record Backoff(Duration shortest, Duration longest) {

  private static final int DOUBLED_AT_MOST = 30;

  public Backoff {
    if (shortest.toMillis() < 1 || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "Cannot back off: from a millisecond up to something longer: %s, %s"
              .formatted(shortest, longest));
    }
  }

  /**
   * @param failures in a row until now, from 1
   */
  public Duration pause(int failures, RandomGenerator random) {
    long least = shortest.toMillis();
    long doubled = least << Math.min(failures - 1, DOUBLED_AT_MOST);
    long bound = Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(least + random.nextLong(bound - least + 1));
  }
}
