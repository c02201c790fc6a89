package dev.firn.engine.scan;

import java.util.Arrays;

/**
 * Finds the ordinals of numbers: open addressing, at most half full. A bit table of eight to
 * sixteen bits for each key, which fits in the CPU cache, excludes most absent numbers.
 */
final class LongIndex {

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[] places;
  private final int shift;
  private final long[] seen;
  private final int seenShift;

  LongIndex(long[] keys) {
    this.keys = keys;
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(8, keys.length * 2 - 1));
    this.places = new int[1 << bits];
    this.shift = Long.SIZE - bits;
    this.seen = new long[Math.max(1, 1 << (bits - 4))];
    this.seenShift = Long.SIZE - (bits + 2);
    Arrays.fill(places, KeySet.ABSENT);
    for (int i = 0; i < keys.length; i++) {
      long hash = keys[i] * MIX;
      places[free(hash)] = i;
      int bit = (int) (hash >>> seenShift);
      seen[bit >>> 6] |= 1L << bit;
    }
  }

  private int free(long hash) {
    int place = (int) (hash >>> shift);
    while (places[place] >= 0) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
  }

  /** False if the number is certainly absent. */
  boolean mayHave(long key) {
    int bit = (int) ((key * MIX) >>> seenShift);
    return (seen[bit >>> 6] & (1L << bit)) != 0;
  }

  int find(long key) {
    int place = (int) ((key * MIX) >>> shift);
    int ordinal = places[place];
    while (ordinal >= 0 && keys[ordinal] != key) {
      place = (place + 1) & (places.length - 1);
      ordinal = places[place];
    }
    return ordinal;
  }
}
