package dev.firn.engine.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts changes by their keys: by the first eight bytes with a radix sort, which skips bytes that
 * are equal in all keys, and by the remaining bytes if these are equal.
 */
final class KeyOrder {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int DIGITS = Long.BYTES;

  private final ChangePages pages;

  KeyOrder(ChangePages pages) {
    this.pages = pages;
  }

  /**
   * Sorts addresses of changes by their keys; returns the sorted array, which may be another one.
   */
  long[] sort(long[] addresses) {
    long[] prefixes = new long[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      prefixes[i] = prefix(addresses[i]);
    }
    return byRest(byPrefix(addresses, prefixes));
  }

  private long[] byPrefix(long[] starts, long[] prefixes) {
    int[][] counts = counts(prefixes);
    long[] from = starts;
    long[] fromPrefixes = prefixes;
    long[] to = new long[starts.length];
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
      long[] sorted = to;
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

  private long[] byRest(long[] starts) {
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

  private void sortRun(long[] starts, int from, int to) {
    Long[] run = Arrays.stream(starts, from, to).boxed().toArray(Long[]::new);
    Arrays.sort(run, this::compare);
    for (int i = 0; i < run.length; i++) {
      starts[from + i] = run[i];
    }
  }

  private int compare(long left, long right) {
    byte[] leftPage = pages.page(left);
    byte[] rightPage = pages.page(right);
    int leftKey = ChangePages.offset(left) + FoldedChange.KEY;
    int rightKey = ChangePages.offset(right) + FoldedChange.KEY;
    return Arrays.compareUnsigned(
        leftPage,
        leftKey,
        leftKey + FoldedChange.keyLengthAt(leftPage, ChangePages.offset(left)),
        rightPage,
        rightKey,
        rightKey + FoldedChange.keyLengthAt(rightPage, ChangePages.offset(right)));
  }

  /**
   * The first eight bytes of a key; a change's key is padded with zeros to at least eight bytes.
   */
  private long prefix(long address) {
    return (long) LONG.get(pages.page(address), ChangePages.offset(address) + FoldedChange.KEY);
  }
}
