package dev.firn.engine.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the ordinals of keys: open addressing, at most half full. A slot has the ordinal and half
 * of the hash, so that an absent key is hardly ever compared byte by byte.
 */
final class BytesIndex {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final long ORDINAL = 0xFFFFFFFFL;

  private final BytesKeySet keys;
  private final long[] places;
  private final int shift;

  BytesIndex(BytesKeySet keys) {
    this.keys = keys;
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(8, keys.size() * 2 - 1));
    this.places = new long[1 << bits];
    this.shift = Long.SIZE - bits;
    for (int i = 0; i < keys.size(); i++) {
      long hash = hash(keys.arena(), keys.start(i), keys.length(i));
      int place = (int) (hash >>> shift);
      while (places[place] != 0) {
        place = (place + 1) & (places.length - 1);
      }
      places[place] = (hash << 32) | (i + 1);
    }
  }

  int find(byte[] key, int length) {
    long hash = hash(key, 0, length);
    int place = (int) (hash >>> shift);
    for (long found = places[place]; found != 0; found = places[place]) {
      if ((found ^ (hash << 32)) >>> 32 == 0 && isAt((int) (found & ORDINAL) - 1, key, length)) {
        return (int) (found & ORDINAL) - 1;
      }
      place = (place + 1) & (places.length - 1);
    }
    return KeySet.ABSENT;
  }

  private boolean isAt(int ordinal, byte[] key, int length) {
    int start = keys.start(ordinal);
    int end = start + keys.length(ordinal);
    return Arrays.equals(keys.arena(), start, end, key, 0, length);
  }

  private static long hash(byte[] bytes, int from, int length) {
    long hash = length;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONG.get(bytes, at));
    }
    for (; at < end; at++) {
      hash = mixed(hash ^ bytes[at]);
    }
    return mixed(hash);
  }

  private static long mixed(long value) {
    long product = value * MIX;
    return product ^ (product >>> 32);
  }
}
