package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import java.util.Map;

/**
 * What is recorded of a capture in the source itself, where it shares the fate of the data in a
 * restore or failover.
 *
 * @param tables whose snapshot was taken, with their OIDs
 */
public record CaptureState(
    int epoch, SlotHistory history, boolean snapshotComplete, Map<QualifiedName, Long> tables) {

  public CaptureState {
    tables = Map.copyOf(tables);
  }
}
