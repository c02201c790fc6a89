package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import java.util.Arrays;

/** Keys of any columns, as their bytes one after the other. */
final class BytesKeySet extends KeySet {

  private static final long serialVersionUID = 1L;

  /** Bytes that the index and the end need for each key. */
  private static final int INDEX_BYTES = 28;

  private final byte[] bytes;
  private final int[] ends;
  private final FirstColumn firstColumn;
  private transient volatile BytesIndex index;

  BytesKeySet(byte[] bytes, int[] ends, FirstColumn firstColumn) {
    this.bytes = bytes;
    this.ends = ends;
    this.firstColumn = firstColumn;
  }

  @Override
  public int size() {
    return ends.length;
  }

  @Override
  public long bytes() {
    return bytes.length + (long) ends.length * INDEX_BYTES;
  }

  @Override
  public int find(KeyBytes key) {
    BytesIndex built = index;
    if (built == null) {
      built = new BytesIndex(this);
      index = built;
    }
    return built.find(key.bytes(), key.length());
  }

  @Override
  public void key(int ordinal, KeyBytes out) {
    out.append(bytes, start(ordinal), length(ordinal));
  }

  byte[] arena() {
    return bytes;
  }

  int start(int ordinal) {
    return ordinal == 0 ? 0 : ends[ordinal - 1];
  }

  int length(int ordinal) {
    return ends[ordinal] - start(ordinal);
  }

  @Override
  public boolean hasAny(KeyRange range) {
    int first = range.hasLower() ? firstFrom(range.lower()) : 0;
    if (first == ends.length) {
      return false;
    }
    // No value is a prefix of another: a key that starts with the bound has it as its first column.
    byte[] upper = range.upper();
    int start = start(first);
    int end = start + Math.min(length(first), upper.length);
    return !range.hasUpper()
        || Arrays.compareUnsigned(bytes, start, end, upper, 0, upper.length) <= 0;
  }

  /** The lowest ordinal whose key is greater than or equal to these bytes. */
  private int firstFrom(byte[] lower) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int start = start(middle);
      if (Arrays.compareUnsigned(bytes, start, ends[middle], lower, 0, lower.length) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public KeyRange range() {
    return new KeyRange(firstColumn(0), firstColumn(ends.length - 1));
  }

  private byte[] firstColumn(int ordinal) {
    int start = start(ordinal);
    return Arrays.copyOfRange(bytes, start, start + firstColumn.length(bytes, start));
  }
}
