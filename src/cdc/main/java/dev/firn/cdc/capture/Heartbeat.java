package dev.firn.cdc.capture;

import dev.firn.cdc.source.HeartbeatTable;
import dev.firn.cdc.source.SourceSessions;
import dev.firn.console.Failures;
import dev.firn.console.Notices;
import dev.firn.console.StopSignal;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.catalog.SqlSession;

/**
 * Writes a heartbeat to the source at an interval, on a separate thread and through a separate
 * connection. A failed heartbeat is reported once and retried at the next interval; it never ends
 * the capture.
 */
final class Heartbeat {

  private final SourceSessions sessions;
  private final SourceConfig config;
  private final Notices notices;
  private final StopSignal end = new StopSignal();
  private boolean failing;

  private Heartbeat(SourceSessions sessions, SourceConfig config, Notices notices) {
    this.sessions = sessions;
    this.config = config;
    this.notices = notices;
  }

  /** Starts the heartbeat, which runs until it is stopped; an interval of zero turns it off. */
  static Heartbeat start(SourceSessions sessions, SourceConfig config, Notices notices) {
    Heartbeat heartbeat = new Heartbeat(sessions, config, notices);
    if (!config.options().heartbeat().isZero()) {
      Thread thread = new Thread(heartbeat::run, "heartbeat");
      thread.setDaemon(true);
      thread.start();
    }
    return heartbeat;
  }

  void stop() {
    end.request();
  }

  private void run() {
    try {
      do {
        beat();
      } while (!end.awaits(config.options().heartbeat()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // A new connection for each beat: a connection that is idle in between would be the first to be
  // cut.
  private void beat() {
    try (SqlSession sql = sessions.brief()) {
      new HeartbeatTable(sql, config.slot()).beat();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing && !end.isRequested()) {
        notices.warn(
            Failures.describe(e) + " (capture continues; source.heartbeat: 0s turns it off)");
      }
      failing = true;
    }
  }
}
