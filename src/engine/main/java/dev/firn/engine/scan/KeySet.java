package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.io.Serializable;

/**
 * The distinct keys of a batch, or of a part of it, in ascending order. A key's ordinal is its
 * place in this order. It travels to the executors without its index, which is built there at the
 * first search; after that any number of threads may search.
 */
public abstract sealed class KeySet implements Serializable permits LongKeySet, BytesKeySet {

  private static final long serialVersionUID = 1L;

  /** What {@link #find} answers when the key is not there. */
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

  /** Memory it takes, in bytes, with its index; roughly. */
  public abstract long bytes();

  /** The ordinal of a key, or {@link #ABSENT}. */
  public abstract int find(KeyBytes key);

  /** Writes the bytes of a key behind what is in {@code out}. */
  public abstract void key(int ordinal, KeyBytes out);

  /** Whether any key lies in a range, the bounds included. */
  public abstract boolean hasAny(KeyRange range);

  /** From the lowest to the highest key's first column; of at least one key. */
  public abstract KeyRange range();
}
