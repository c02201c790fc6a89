package dev.firn.cdc.capture;

import dev.firn.contract.Clocks;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs at the level debug what the stream does, every ten seconds: where it is, what it waits for.
 */
final class StreamLog {

  private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private boolean begun;
  private long loggedAt;

  /**
   * @param position asked for only when the line is written
   */
  void tick(String doing, Supplier<String> position) {
    if (LOG.isDebugEnabled() && (!begun || Clocks.SYSTEM.hasPassed(INTERVAL, loggedAt))) {
      begun = true;
      loggedAt = Clocks.SYSTEM.tick();
      LOG.debug("{}: {}", doing, position.get());
    }
  }
}
