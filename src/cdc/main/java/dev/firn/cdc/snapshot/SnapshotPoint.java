package dev.firn.cdc.snapshot;

import dev.firn.cdc.source.CreatedSlot;
import dev.firn.contract.Position;

/**
 * The point in the log at which tables are copied.
 *
 * @param slot whose consistent point it is, with the snapshot it exported
 */
public record SnapshotPoint(int epoch, CreatedSlot slot) {

  /**
   * The position of a row: one byte before the consistent point. A transaction whose COMMIT record
   * begins exactly at the consistent point is streamed with that LSN, and its changes must be
   * later.
   *
   * @param place number of the row in its table, from 1; 0 is before all rows
   */
  public Position position(long place) {
    return new Position(epoch, slot.consistentPoint() - 1, place);
  }
}
