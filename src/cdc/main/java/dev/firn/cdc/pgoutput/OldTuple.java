package dev.firn.cdc.pgoutput;

/**
 * What PostgreSQL sent of a row as it was before.
 *
 * @param extent says which columns are real: in a key row all others read as null
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
