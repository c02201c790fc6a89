package dev.firn.cdc.source;

/**
 * Records in the source how far the slot may have been acknowledged, before it is. A slot that
 * stands further than that was made, or moved, by somebody else: what it skipped is lost. The limit
 * runs ahead of the acknowledgements, so that it is written once in that much log and not with each
 * of them; a run that ends in good order takes it back to where it truly is.
 */
public final class AcknowledgementLimit {

  private static final long AHEAD = 16L << 20;

  private final StateTable state;
  private long recorded;

  public AcknowledgementLimit(StateTable state) {
    this.state = state;
  }

  /** Called before the acknowledgement is sent. */
  void allow(long lsn) {
    if (lsn > recorded) {
      state.recordLimit(lsn + AHEAD);
      recorded = lsn + AHEAD;
    }
  }

  /** Nothing beyond this was acknowledged, and nothing will be. */
  public void settle(long acknowledged) {
    state.recordLimit(acknowledged);
    recorded = acknowledged;
  }
}
