package dev.firn.delivery.read;

import dev.firn.console.Backoff;
import dev.firn.contract.Clocks;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Failures in a row: how long to wait after the last one, and when to give up. */
final class FailureStreak {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  /** After failing for this long the process gives up, so that its supervisor notices. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Clocks clocks;
  private int failures;
  private long failingSince;

  FailureStreak(Clocks clocks) {
    this.clocks = clocks;
  }

  void succeeded() {
    failures = 0;
  }

  /** The pause after one more failure. */
  Duration failed() {
    if (failures == 0) {
      failingSince = clocks.tick();
    }
    return BACKOFF.pause(++failures, ThreadLocalRandom.current());
  }

  boolean isExhausted() {
    return failures > 0 && clocks.hasPassed(PATIENCE, failingSince);
  }
}
