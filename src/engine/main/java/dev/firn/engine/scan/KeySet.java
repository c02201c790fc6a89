package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.io.Serializable;

/**
 * The distinct keys of a batch, or of a part of it, in ascending order. A key's ordinal is its
 * index in this order. The set is serialized to the executors without its index, which is built
 * there at the first search; then several threads may search.
 */
public abstract sealed class KeySet implements Serializable permits LongKeySet, BytesKeySet {

  private static final long serialVersionUID = 1L;

  /** The result of {@link #find} for an absent key. */
  public static final int ABSENT = -1;

  KeySet() {}

  /**
   * @param kinds of the key's columns, in the order of their bytes
   */
  public static KeySetBuilder builder(KeyKind... kinds) {
    return new KeySetBuilder(kinds);
  }

  public abstract int size();

  public boolean isEmpty() {
    return size() == 0;
  }

  /** The approximate memory of the set with its index, in bytes. */
  public abstract long bytes();

  /** The ordinal of a key, or {@link #ABSENT}. */
  public abstract int find(KeyBytes key);

  /** Appends the bytes of a key to {@code out}. */
  public abstract void key(int ordinal, KeyBytes out);

  /** Whether any key is in a range with inclusive bounds. */
  public abstract boolean hasAny(KeyRange range);

  /** The range from the lowest to the highest key's first column; the set must not be empty. */
  public abstract KeyRange range();
}
