package dev.firn.cdc.capture;

import dev.firn.cdc.output.WritingClock;
import dev.firn.cdc.source.Source;
import dev.firn.contract.Clocks;
import java.time.Duration;

/**
 * Records in the source, once a minute while events are written, the write time of the last event,
 * and compares the clock with the server's.
 */
final class WritingTimes {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final WritingClock clock;
  private final Source source;
  private long recorded;
  private long recordedAt = Clocks.SYSTEM.tick();

  WritingTimes(WritingClock clock, Source source) {
    this.clock = clock;
    this.source = source;
    this.recorded = clock.last();
  }

  /** The clock of a run: never below what earlier runs recorded. */
  static WritingClock clock(Source source) {
    return new WritingClock(source.state().eventTimestamp(), source.clock());
  }

  /** To be called often. */
  void tick() {
    if (Clocks.SYSTEM.hasPassed(INTERVAL, recordedAt)) {
      record();
      clock.compare(source.clock());
    }
  }

  /** Records the last event's time, if there was an event. */
  void record() {
    recordedAt = Clocks.SYSTEM.tick();
    long last = clock.last();
    if (last > recorded) {
      source.state().recordEventTimestamp(last);
      recorded = last;
    }
  }
}
