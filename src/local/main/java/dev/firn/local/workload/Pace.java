package dev.firn.local.workload;

import java.time.Duration;
import java.time.Instant;

/** Limits the workload to a number of changes per second. */
public final class Pace {

  private final double perSecond;
  private Instant next = Instant.MIN;

  private Pace(double perSecond) {
    this.perSecond = perSecond;
  }

  public static Pace unlimited() {
    return new Pace(Double.POSITIVE_INFINITY);
  }

  public static Pace perSecond(double changes) {
    if (!(changes > 0)) {
      throw new IllegalArgumentException(
          "Cannot keep a pace: more than 0 changes a second are expected: " + changes);
    }
    return new Pace(changes);
  }

  /** Returns when the previous changes have used their share of time; a delay is not caught up. */
  void await(int changes) throws InterruptedException {
    Instant now = Instant.now();
    Instant due = next.isBefore(now) ? now : next;
    next = due.plusMillis((long) (changes * 1000 / perSecond));
    Thread.sleep(Duration.between(now, due).toMillis());
  }
}
