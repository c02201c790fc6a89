package dev.firn.cdc.output;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something is tried again: up to twice as long each time, and by chance
 * anything below, so that many who failed together do not come back together ("full jitter").
 */
record Backoff(Duration first, Duration longest) {

  /**
   * @param failures in a row until now, from 1
   */
  Duration pause(int failures, RandomGenerator random) {
    long limit =
        Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, Integer.SIZE - 2));
    return Duration.ofMillis(random.nextLong(limit) + 1);
  }
}
