package dev.firn.etl.verify;

import dev.firn.console.DecisionException;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.PendingChanges;
import dev.firn.source.catalog.SlotStatus;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;

/**
 * Waits until every change before an LSN is in the raw zone. This is true when capture has
 * acknowledged the LSN. It is also true when no capture is running and a peek into the slot, which
 * does not move it, finds no change of a captured table before the LSN.
 */
final class CaptureWait {

  private final SourceConfig source;
  private final Slots slots;
  private final PendingChanges pending;
  private long lookedInto = -1;

  /**
   * @param sql must not be in a transaction, so that it sees the slot move
   */
  CaptureWait(SqlSession sql, SourceConfig source) {
    this.source = source;
    this.slots = new Slots(sql, source.slot());
    this.pending = new PendingChanges(sql, source);
  }

  /**
   * @throws DecisionException when the wait times out
   */
  void await(long lsn, Patience patience) throws InterruptedException {
    boolean there =
        patience.await(
            () -> isThere(lsn), () -> "waiting for capture: it has acknowledged " + progress(lsn));
    if (!there) {
      throw new DecisionException(
          "Cannot verify: capture lags: it has acknowledged " + progress(lsn),
          "Start capture (or run 'firn capture --once'), then run merge and verify again.");
    }
  }

  private boolean isThere(long lsn) {
    SlotStatus slot = slot();
    if (slot.confirmed() >= lsn) {
      return true;
    }
    if (slot.isActive() || slot.confirmed() == lookedInto) {
      return false;
    }
    lookedInto = slot.confirmed();
    return !pending.before(lsn);
  }

  private SlotStatus slot() {
    SlotStatus slot = slots.require();
    if (slot.walStatus().equals("lost")) {
      throw new DecisionException(
          "Cannot verify: the replication slot is lost, the WAL it needs was removed: "
              + source.slot(),
          "The missing changes cannot be recovered: run 'firn capture --resnapshot'.");
    }
    return slot;
  }

  private String progress(long lsn) {
    return Lsn.format(slot().confirmed()) + " of " + Lsn.format(lsn);
  }
}
