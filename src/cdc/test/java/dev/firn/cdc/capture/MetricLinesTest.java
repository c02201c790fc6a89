package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MetricLinesTest {

  private static final Instant NOON = Instant.parse("2026-08-05T12:00:00Z");

  private long nanos = Long.MAX_VALUE - 7;

  @Test
  void aLineIsPendingAfterAMinuteWhateverTheWallClockShows() {
    for (Duration set : new Duration[] {Duration.ofDays(-7), Duration.ZERO, Duration.ofDays(7)}) {
      Clock moving = Clock.fixed(NOON.plus(set), ZoneOffset.UTC);
      MetricLines lines = new MetricLines("firn", line -> {}, new Clocks(moving, () -> nanos));

      nanos += Duration.ofSeconds(59).toNanos();
      assertFalse(lines.isDue());
      nanos += Duration.ofSeconds(1).toNanos();
      assertTrue(lines.isDue());
    }
  }
}
