package dev.firn.cdc.source;

import java.time.Duration;

/**
 * Records in the source up to which LSN the slot may be acknowledged, before it is: the end of the
 * log at the time of the record. A slot of the same name that is created later starts beyond this
 * limit, so that a recreated slot is always detected. The record is written at most once a second,
 * so an acknowledgement may wait that long; WAL that only this record added is acknowledged even
 * later, or an idle server would never be idle. A run that ends cleanly sets the record back to the
 * acknowledged LSN.
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

  /** The highest LSN, up to the given one, that may be acknowledged now. */
  long allow(long lsn) {
    long waited = System.nanoTime() - recordedAt;
    if (lsn > recorded && waited >= (lsn > own ? BETWEEN : IDLE)) {
      record();
    }
    return Math.min(lsn, recorded);
  }

  /** Allows all of it immediately. */
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
