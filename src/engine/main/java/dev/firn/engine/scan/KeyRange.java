package dev.firn.engine.scan;

import java.io.Serializable;

/**
 * A range of keys. A bound may be the first columns of a key only, and is then one of these; an
 * empty bound is open.
 *
 * @param lower as {@link dev.firn.engine.row.KeyBytes} has the values, included
 * @param upper included
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
