package dev.firn.cdc.source;

import dev.firn.contract.Clocks;
import dev.firn.source.SourceException;
import dev.firn.source.catalog.SlotStatus;
import dev.firn.source.catalog.Slots;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Detects a stream that died silently, as when a network drops packets. An idle server sends
 * nothing as long as it receives our status, so silence alone proves nothing: after some silence
 * another session checks that the server still streams to us. A check without an answer fails too.
 */
final class StreamWatch {

  private final Slots slots;
  private final int pid;
  private final Duration patience;
  private final Clocks clocks;
  private long heard;

  /**
   * @param pid the server process that streams to us
   * @param patience how long to be silent before the check
   */
  StreamWatch(Slots slots, int pid, Duration patience, Clocks clocks) {
    this.slots = slots;
    this.pid = pid;
    this.patience = patience;
    this.clocks = clocks;
    this.heard = clocks.tick();
  }

  void heard() {
    heard = clocks.tick();
  }

  /** No message has arrived. */
  void silent() {
    if (!clocks.hasPassed(patience, heard)) {
      return;
    }
    int streaming = slots.status().map(SlotStatus::activePid).orElse(0);
    if (streaming != pid) {
      throw new SourceException(
          "read from the replication slot",
          new SQLException("the server no longer streams to this session", "08006"));
    }
    heard();
  }
}
