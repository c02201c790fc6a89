package dev.firn.engine.scan;

import dev.firn.engine.row.KeyKind;
import java.util.Arrays;

/** Builds a {@link KeySet} from keys in ascending order. */
public final class KeySetBuilder {

  /** The maximal length of a Java array. */
  private static final int LARGEST = Integer.MAX_VALUE - 16;

  private final KeyKind[] kinds;
  private final boolean isNumber;
  private long[] numbers = {};
  private byte[] bytes = {};
  private int[] ends = {};
  private int size;

  KeySetBuilder(KeyKind... kinds) {
    this.kinds = kinds.clone();
    this.isNumber = kinds.length == 1 && (kinds[0] == KeyKind.LONG || kinds[0] == KeyKind.DOUBLE);
  }

  /** Adds a key that is greater than all previous ones. */
  public KeySetBuilder add(byte[] key, int from, int length) {
    if (isNumber) {
      addNumber(LongKeySet.number(key, from));
    } else {
      addBytes(key, from, length);
    }
    size++;
    return this;
  }

  private void addNumber(long number) {
    if (size > 0 && numbers[size - 1] >= number) {
      throw outOfOrder();
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, larger(size, 1));
    }
    numbers[size] = number;
  }

  private void addBytes(byte[] key, int from, int length) {
    int end = size == 0 ? 0 : ends[size - 1];
    int start = size < 2 ? 0 : ends[size - 2];
    if (size > 0 && Arrays.compareUnsigned(bytes, start, end, key, from, from + length) >= 0) {
      throw outOfOrder();
    }
    if (bytes.length - end < length) {
      bytes = Arrays.copyOf(bytes, larger(end, length));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, larger(size, 1));
    }
    System.arraycopy(key, from, bytes, end, length);
    ends[size] = end + length;
  }

  private static int larger(int used, int more) {
    long wanted = Math.max(64, Math.max(2L * used, (long) used + more));
    if ((long) used + more > LARGEST) {
      throw new IllegalStateException(
          "Cannot hold the keys of a batch: they are more than one array can contain: %s and %s bytes"
              .formatted(used, more));
    }
    return (int) Math.min(wanted, LARGEST);
  }

  private IllegalArgumentException outOfOrder() {
    return new IllegalArgumentException(
        "Cannot add key: it is not greater than the previous one: key %s".formatted(size));
  }

  public KeySet build() {
    if (isNumber) {
      return new LongKeySet(Arrays.copyOf(numbers, size));
    }
    int end = size == 0 ? 0 : ends[size - 1];
    return new BytesKeySet(
        Arrays.copyOf(bytes, end), Arrays.copyOf(ends, size), new FirstColumn(kinds[0]));
  }
}
