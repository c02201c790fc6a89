package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keys of one column of eight bytes. They are stored as numbers with the same order as the bytes;
 * integers as themselves.
 */
final class LongKeySet extends KeySet {

  private static final long serialVersionUID = 1L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bytes of the index for each key: two to four slots. */
  private static final int INDEX_BYTES = 12;

  private final long[] keys;
  private transient volatile LongIndex index;

  LongKeySet(long[] keys) {
    this.keys = keys;
  }

  /** The number that represents a key's eight bytes. */
  static long number(byte[] bytes, int from) {
    return (long) LONG.get(bytes, from) ^ Long.MIN_VALUE;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public long bytes() {
    return (long) keys.length * (Long.BYTES + INDEX_BYTES);
  }

  @Override
  public int find(KeyBytes key) {
    return index().find(number(key.bytes(), 0));
  }

  /** Built on first use; threads that arrive at the same time may build it twice. */
  LongIndex index() {
    LongIndex built = index;
    if (built == null) {
      built = new LongIndex(keys);
      index = built;
    }
    return built;
  }

  /** In ascending order; not to be changed. */
  long[] numbers() {
    return keys;
  }

  @Override
  public void key(int ordinal, KeyBytes out) {
    out.putLong(keys[ordinal]);
  }

  @Override
  public boolean hasAny(KeyRange range) {
    return hasAny(
        range.hasLower() ? number(range.lower(), 0) : Long.MIN_VALUE,
        range.hasUpper() ? number(range.upper(), 0) : Long.MAX_VALUE);
  }

  boolean hasAny(long lower, long upper) {
    int at = Arrays.binarySearch(keys, lower);
    int first = at >= 0 ? at : -at - 1;
    return first < keys.length && keys[first] <= upper;
  }

  @Override
  public KeyRange range() {
    return new KeyRange(bytes(keys[0]), bytes(keys[keys.length - 1]));
  }

  private static byte[] bytes(long number) {
    KeyBytes key = new KeyBytes();
    key.putLong(number);
    return Arrays.copyOf(key.bytes(), key.length());
  }
}
