package dev.firn.cdc.source;

import dev.firn.contract.Clocks;
import dev.firn.source.SourceException;
import dev.firn.source.catalog.SlotStatus;
import dev.firn.source.catalog.Slots;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Notices a stream that died without a word, as when a network drops packets. A quiet server sends
 * nothing for as long as it gets our status, so that silence alone says nothing: after some of it
 * another session asks whether the server still streams to us. No answer is an answer too.
 */
final class StreamWatch {

  private final Slots slots;
  private final int pid;
  private final Duration patience;
  private final Clocks clocks;
  private long heard;

  /**
   * @param pid the server process that streams to us
   * @param patience silence before the server is asked
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

  /** Nothing has come. */
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
