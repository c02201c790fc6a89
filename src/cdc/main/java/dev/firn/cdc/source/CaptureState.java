package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import java.util.Map;

/**
 * What is recorded of a capture in the source itself, where it shares the fate of the data in a
 * restore or failover.
 *
 * @param system number of the cluster that the slot was made in
 * @param consistentPoint of the slot; 0 while the snapshot is not complete
 * @param tables whose snapshot was taken, with their OIDs
 */
public record CaptureState(
    int epoch,
    String system,
    long consistentPoint,
    boolean snapshotComplete,
    Map<QualifiedName, Long> tables) {

  public CaptureState {
    tables = Map.copyOf(tables);
  }
}
