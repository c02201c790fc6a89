package dev.firn.engine.scan;

import java.io.Serializable;

/**
 * A range of keys. A bound may consist of only the first columns of a key, and then bounds only
 * these; an empty bound is open.
 *
 * @param lower in the format of {@link dev.firn.engine.row.KeyBytes}, inclusive
 * @param upper inclusive
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record KeyRange(byte[] lower, byte[] upper) implements Serializable {

  private static final byte[] OPEN = {};

  public static final KeyRange ALL = new KeyRange(OPEN, OPEN);

  boolean hasLower() {
    return lower.length > 0;
  }

  boolean hasUpper() {
    return upper.length > 0;
  }
}
