package dev.firn.etl.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts changes by their keys: by the first eight bytes with a radix sort, which passes over the
 * bytes in which all agree, and by the rest where these are equal.
 */
final class KeyOrder {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int DIGITS = Long.BYTES;

  private final byte[] bytes;

  private KeyOrder(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The starts of changes, in the order of their keys. */
  static int[] sort(byte[] bytes, int[] starts) {
    KeyOrder order = new KeyOrder(bytes);
    long[] prefixes = new long[starts.length];
    for (int i = 0; i < starts.length; i++) {
      prefixes[i] = order.prefix(starts[i]);
    }
    return order.byRest(order.byPrefix(starts, prefixes));
  }

  private int[] byPrefix(int[] starts, long[] prefixes) {
    int[][] counts = counts(prefixes);
    int[] from = starts;
    long[] fromPrefixes = prefixes;
    int[] to = new int[starts.length];
    long[] toPrefixes = new long[starts.length];
    for (int digit = 0; digit < DIGITS; digit++) {
      int[] next = counts[digit];
      if (starts.length == 0 || next[digit(prefixes[0], digit)] == starts.length) {
        continue;
      }
      toStarts(next);
      for (int i = 0; i < from.length; i++) {
        int place = next[digit(fromPrefixes[i], digit)]++;
        to[place] = from[i];
        toPrefixes[place] = fromPrefixes[i];
      }
      int[] sorted = to;
      to = from;
      from = sorted;
      long[] sortedPrefixes = toPrefixes;
      toPrefixes = fromPrefixes;
      fromPrefixes = sortedPrefixes;
    }
    return from;
  }

  private static int[][] counts(long[] prefixes) {
    int[][] counts = new int[DIGITS][256];
    for (long prefix : prefixes) {
      for (int digit = 0; digit < DIGITS; digit++) {
        counts[digit][digit(prefix, digit)]++;
      }
    }
    return counts;
  }

  private static void toStarts(int[] counts) {
    int start = 0;
    for (int i = 0; i < counts.length; i++) {
      int count = counts[i];
      counts[i] = start;
      start += count;
    }
  }

  private static int digit(long prefix, int digit) {
    return (int) (prefix >>> (digit * Byte.SIZE)) & 0xFF;
  }

  private int[] byRest(int[] starts) {
    for (int from = 0; from < starts.length; ) {
      int to = from + 1;
      while (to < starts.length && prefix(starts[to]) == prefix(starts[from])) {
        to++;
      }
      if (to - from > 1) {
        sortRun(starts, from, to);
      }
      from = to;
    }
    return starts;
  }

  private void sortRun(int[] starts, int from, int to) {
    Integer[] run = Arrays.stream(starts, from, to).boxed().toArray(Integer[]::new);
    Arrays.sort(run, this::compare);
    for (int i = 0; i < run.length; i++) {
      starts[from + i] = run[i];
    }
  }

  private int compare(int left, int right) {
    int leftKey = left + Change.KEY;
    int rightKey = right + Change.KEY;
    return Arrays.compareUnsigned(
        bytes,
        leftKey,
        leftKey + Change.keyLengthAt(bytes, left),
        bytes,
        rightKey,
        rightKey + Change.keyLengthAt(bytes, right));
  }

  /** The first bytes of a key; a change's key is padded with zeros to eight bytes at least. */
  private long prefix(int start) {
    return (long) LONG.get(bytes, start + Change.KEY);
  }
}
