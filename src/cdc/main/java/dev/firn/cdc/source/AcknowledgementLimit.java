package dev.firn.cdc.source;

import java.time.Duration;

/**
 * Records in the source how far the slot may be acknowledged, before it is: up to where the log
 * ended at the time of the record, and never beyond. A slot of the same name that is made later
 * begins beyond it, so that it is always told from the one that was captured from. To write the
 * record at most once a second, an acknowledgement may wait that long; what only this record added
 * to the log is acknowledged later still, or an idle server would never be idle. A run that ends in
 * good order takes the record back to what was acknowledged.
 */
public final class AcknowledgementLimit {

  private static final long BETWEEN = Duration.ofSeconds(1).toNanos();
  private static final long IDLE = Duration.ofSeconds(10).toNanos();

  private final StateTable state;
  private long recorded;
  private long own;
  private long recordedAt = System.nanoTime() - IDLE;

  public AcknowledgementLimit(StateTable state) {
    this.state = state;
  }

  /** The greatest LSN up to this one that may be acknowledged now. */
  long allow(long lsn) {
    long waited = System.nanoTime() - recordedAt;
    if (lsn > recorded && waited >= (lsn > own ? BETWEEN : IDLE)) {
      record();
    }
    return Math.min(lsn, recorded);
  }

  /** Allows all of it, at once. */
  void insist(long lsn) {
    if (lsn > recorded) {
      record();
    }
  }

  /** Nothing beyond this was acknowledged, and nothing will be. */
  public void settle(long acknowledged) {
    state.recordLimit(acknowledged);
    recorded = acknowledged;
  }

  private void record() {
    recorded = state.recordLimit();
    own = state.endOfLog();
    recordedAt = System.nanoTime();
  }
}
