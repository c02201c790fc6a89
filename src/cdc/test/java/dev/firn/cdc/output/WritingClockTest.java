package dev.firn.cdc.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.Clocks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WritingClockTest {

  private static final Instant NOON = Instant.parse("2026-08-05T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private final HandClock own = new HandClock();
  private long nanos = Long.MAX_VALUE - 5;

  @Test
  void itIsTheProducersOwnClock() {
    WritingClock clock = clock(0, NOON.minusSeconds(20));

    assertEquals(NOON, read(clock));
    pass(Duration.ofSeconds(90));
    assertEquals(NOON.plusSeconds(90), read(clock));
  }

  @Test
  void aClockThatIsSetBackHoldsItWhereItWas() {
    WritingClock clock = clock(0, NOON);
    assertEquals(NOON, read(clock));

    own.now = NOON.minus(WEEK);
    assertEquals(NOON, read(clock));
    pass(Duration.ofHours(5));
    assertEquals(NOON, read(clock));
    own.now = NOON.plusSeconds(1);
    assertEquals(NOON.plusSeconds(1), read(clock));
  }

  @Test
  void aClockThatRunsAheadIsAnHourAheadOfTheServersAtMost() {
    WritingClock clock = clock(0, NOON);

    own.now = NOON.plus(WEEK);
    assertEquals(NOON.plus(Duration.ofHours(1)), read(clock));
    pass(Duration.ofHours(3));
    assertEquals(NOON.plus(Duration.ofHours(4)), read(clock));
    clock.compare(NOON.plus(WEEK));
    pass(Duration.ofSeconds(1));
    assertEquals(NOON.plus(WEEK).plus(Duration.ofHours(1)).plusSeconds(1), read(clock));
  }

  @Test
  void whatAnEarlierRunRecordedHoldsAgainstBothClocks() {
    WritingClock clock = clock(NOON.plus(WEEK).getEpochSecond(), NOON);

    assertEquals(NOON.plus(WEEK), read(clock));
    pass(WEEK.plusSeconds(1));
    assertEquals(NOON.plus(WEEK).plusSeconds(1), read(clock));
  }

  @Test
  void aServersClockThatIsSetBackTakesNothingBack() {
    WritingClock clock = clock(0, NOON);
    pass(Duration.ofHours(2));
    read(clock);

    clock.compare(NOON.minus(WEEK));
    pass(Duration.ofHours(2));
    assertEquals(NOON.plus(Duration.ofHours(2)), read(clock));
  }

  private WritingClock clock(long recorded, Instant server) {
    return new WritingClock(recorded, server, new Clocks(own, () -> nanos));
  }

  private static Instant read(WritingClock clock) {
    Instant seconds = Instant.ofEpochSecond(clock.seconds());
    assertEquals(seconds, Instant.ofEpochSecond(clock.seconds()), "twice in a second");
    assertEquals(seconds, Instant.ofEpochSecond(clock.last()));
    return seconds;
  }

  private void pass(Duration time) {
    own.now = own.now.plus(time);
    nanos += time.toNanos();
  }

  /** A clock that a test moves. */
  private static final class HandClock extends Clock {

    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
