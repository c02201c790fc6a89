package dev.firn.local.workload;

import java.time.Duration;
import java.time.Instant;

/** Holds the workload back to so many changes a second. */
public final class Pace {

  private final double perSecond;
  private Instant begun;
  private long made;

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

  /** Returns when the changes made so far have had their time. */
  void await(int changes) throws InterruptedException {
    Instant now = Instant.now();
    begun = begun == null ? now : begun;
    Instant due = begun.plusMillis((long) (made * 1000 / perSecond));
    made += changes;
    Thread.sleep(Math.max(0, Duration.between(now, due).toMillis()));
  }
}
