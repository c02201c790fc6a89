package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import java.util.Map;

/**
 * The recorded state of a capture. It is stored in the source itself, so that a restore or failover
 * resets it together with the data.
 *
 * @param slotMade whether the slot was created; otherwise nothing is known about it
 * @param tables whose snapshot was started
 */
public record CaptureState(
    int epoch, SlotHistory history, boolean slotMade, Map<QualifiedName, CapturedTable> tables) {

  public CaptureState {
    tables = Map.copyOf(tables);
  }
}
