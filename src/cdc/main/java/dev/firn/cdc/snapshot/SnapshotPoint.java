package dev.firn.cdc.snapshot;

import dev.firn.cdc.source.CreatedSlot;
import dev.firn.contract.Position;

/**
 * The place in history that tables are copied at.
 *
 * @param slot whose consistent point it is, with the snapshot it exported
 */
public record SnapshotPoint(int epoch, CreatedSlot slot) {

  /**
   * The position of a row. One byte before the consistent point: a transaction whose COMMIT record
   * begins exactly at it is streamed, with it as its LSN, and has to be later.
   *
   * @param place of the row in its table, from 1; 0 is before all rows
   */
  public Position position(long place) {
    return new Position(epoch, slot.consistentPoint() - 1, place);
  }
}
