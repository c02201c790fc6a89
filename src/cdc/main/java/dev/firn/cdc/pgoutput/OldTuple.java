package dev.firn.cdc.pgoutput;

/**
 * What PostgreSQL sent of the old version of a row.
 *
 * @param extent which columns have values: in a key row all others are null
 */
public record OldTuple(Extent extent, Tuple row) {

  /** How much of the old row was sent. */
  public enum Extent {
    KEY,
    FULL
  }

  public boolean isFull() {
    return extent == Extent.FULL;
  }
}
