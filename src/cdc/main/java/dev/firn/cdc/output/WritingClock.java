package dev.firn.cdc.output;

import dev.firn.contract.Clocks;
import java.time.Duration;
import java.time.Instant;

/**
 * The time at which events are written, which decides in which hour folder they are stored. Their
 * commit times cannot be used: a source that is itself a subscriber sends the commit times of its
 * publisher, which may be arbitrarily old, and a merge looks for new files in new folders.
 *
 * <p>It is the producer's clock, at most an hour ahead of the server's, and never below a time that
 * it returned before or that an earlier run recorded; if these rules conflict, the last one wins.
 * So a clock that is wrong or set back misplaces events until it is corrected, and stops nothing.
 * Thread-safe.
 */
public final class WritingClock {

  private static final long AHEAD_SECONDS = Duration.ofHours(1).toSeconds();
  private static final long MILLIS = 1000;

  private final Clocks clocks;
  private long serverSeconds;
  private long serverReadAt;
  private volatile Reading last;

  private record Reading(long own, long written) {}

  /**
   * @param recorded the last time that an earlier run recorded; 0 if there is none
   * @param server the current time of the server
   */
  public WritingClock(long recorded, Instant server) {
    this(recorded, server, Clocks.SYSTEM);
  }

  WritingClock(long recorded, Instant server, Clocks clocks) {
    this.clocks = clocks;
    this.last = new Reading(Long.MIN_VALUE, recorded);
    compare(server);
  }

  /** Notes the current time of the server. */
  public synchronized void compare(Instant server) {
    serverSeconds = server.getEpochSecond();
    serverReadAt = clocks.tick();
  }

  /** Now, in whole seconds since 1970. */
  public long seconds() {
    long now = Math.floorDiv(clocks.wall().millis(), MILLIS);
    Reading known = last;
    return known.own() == now ? known.written() : read(now);
  }

  /** The last time that was returned. */
  public long last() {
    return last.written();
  }

  private synchronized long read(long now) {
    long server = serverSeconds + clocks.since(serverReadAt).toSeconds();
    long written = Math.max(last.written(), Math.min(now, server + AHEAD_SECONDS));
    last = new Reading(now, written);
    return written;
  }
}
