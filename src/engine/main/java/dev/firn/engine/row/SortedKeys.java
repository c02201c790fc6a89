package dev.firn.engine.row;

import java.io.Serializable;

/**
 * Keys in ascending order.
 *
 * @param bytes of the keys, one after the other
 * @param ends the end of each key in {@code bytes}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record SortedKeys(byte[] bytes, int[] ends) implements Serializable {

  public int size() {
    return ends.length;
  }

  public int start(int ordinal) {
    return ordinal == 0 ? 0 : ends[ordinal - 1];
  }
}
