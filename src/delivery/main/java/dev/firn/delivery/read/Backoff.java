package dev.firn.delivery.read;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after failures in a row: each time twice as long, up to a limit, and some of it
 * by chance, so that readers that failed together do not come back together.
 */
final class Backoff {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Failing all this time, nobody waits on: whoever watches the process is to know. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Duration pause = SHORTEST;
  private Instant failingSince;

  void succeeded() {
    pause = SHORTEST;
    failingSince = null;
  }

  /** The pause after one more failure. */
  Duration failed(Instant now) {
    if (failingSince == null) {
      failingSince = now;
    }
    Duration next = pause;
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    return next.multipliedBy(ThreadLocalRandom.current().nextInt(50, 101)).dividedBy(100);
  }

  boolean isExhausted(Instant now) {
    return failingSince != null && now.isAfter(failingSince.plus(PATIENCE));
  }
}
