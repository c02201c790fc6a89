package dev.firn.cdc.output;

import dev.firn.contract.Clocks;
import java.time.Duration;
import java.time.Instant;

/**
 * When events are written, which decides in which hour folder they are stored. The time of their
 * commits would not do: a source that is itself a subscriber sends the commit times of its
 * publisher, old by any amount, and a merge looks for new files in new folders.
 *
 * <p>It is the producer's own clock, at most an hour ahead of the server's, and never below what it
 * answered before or an earlier run recorded; where these collide, the last holds. So a clock that
 * is set wrong, or back, misplaces events at most until it is right again, and stops nothing. Safe
 * for use by several threads.
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
   * @param recorded the last one that an earlier run recorded; 0 without one
   * @param server the server's clock now
   */
  public WritingClock(long recorded, Instant server) {
    this(recorded, server, Clocks.SYSTEM);
  }

  WritingClock(long recorded, Instant server, Clocks clocks) {
    this.clocks = clocks;
    this.last = new Reading(Long.MIN_VALUE, recorded);
    compare(server);
  }

  /** Takes note of what the server's clock shows now. */
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

  /** The last answer. */
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
