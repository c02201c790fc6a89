package dev.firn.etl.scan;

import java.util.Arrays;

/** Finds the ordinals of numbers in one probe or few: open addressing, at most half full. */
final class LongIndex {

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final int[] places;
  private final int shift;

  LongIndex(long[] keys) {
    this.keys = keys;
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(8, keys.length * 2 - 1));
    this.places = new int[1 << bits];
    this.shift = Long.SIZE - bits;
    Arrays.fill(places, KeySet.ABSENT);
    for (int i = 0; i < keys.length; i++) {
      places[free(keys[i])] = i;
    }
  }

  private int free(long key) {
    int place = (int) ((key * MIX) >>> shift);
    while (places[place] >= 0) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
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
