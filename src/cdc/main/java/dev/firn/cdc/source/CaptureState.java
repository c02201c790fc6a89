package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import java.util.Map;

/**
 * What is recorded of a capture in the source itself, where it shares the fate of the data in a
 * restore or failover.
 *
 * @param slotMade whether the slot was made; else nothing of it is known
 * @param tables whose snapshot was begun
 */
public record CaptureState(
    int epoch, SlotHistory history, boolean slotMade, Map<QualifiedName, CapturedTable> tables) {

  public CaptureState {
    tables = Map.copyOf(tables);
  }
}
