package dev.firn.delivery.read;

import dev.firn.console.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Failures in a row: how long to wait after the last one, and when to give up. */
final class FailureStreak {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /** Failing all this time, nobody waits on: whoever watches the process is to know. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private int failures;
  private Instant failingSince;

  void succeeded() {
    failures = 0;
    failingSince = null;
  }

  /** The pause after one more failure. */
  Duration failed(Instant now) {
    if (failingSince == null) {
      failingSince = now;
    }
    return BACKOFF.pause(++failures, ThreadLocalRandom.current());
  }

  boolean isExhausted(Instant now) {
    return failingSince != null && now.isAfter(failingSince.plus(PATIENCE));
  }
}
