package dev.firn.engine.typing;

/**
 * Parses the bytes of a decimal into an unscaled number: digits with or without a point, no
 * exponent. One instance is used for many values, each valid until the next is parsed.
 */
final class DecimalBytes {

  /** The number of digits that always fit into a long. */
  static final int LONG_DIGITS = 18;

  /** Longer than the text of any number of 38 digits. */
  private static final int LETTERS = 60;

  private static final long[] POWERS = powers();

  private long unscaled;
  private boolean isLong;

  /** Whether the bytes are digits with at most {@code scale} of them after the point. */
  boolean parse(byte[] bytes, int from, int to, int scale) {
    int first = from < to && bytes[from] == '-' ? from + 1 : from;
    int point = to;
    long digits = 0;
    for (int i = first; i < to; i++) {
      byte letter = bytes[i];
      if (letter == '.' && point == to) {
        point = i;
      } else if (letter < '0' || letter > '9') {
        return false;
      } else {
        digits = digits * 10 + (letter - '0');
      }
    }
    int behind = point < to ? to - point - 1 : 0;
    boolean decimal = point > first && to - first <= LETTERS && behind <= scale;
    if (!decimal || (point < to && behind == 0)) {
      return false;
    }
    isLong = point - first + scale <= LONG_DIGITS;
    if (isLong) {
      long value = digits * POWERS[scale - behind];
      unscaled = first > from ? -value : value;
    }
    return true;
  }

  /** Whether {@link #unscaled()} holds the number; otherwise it may be too long for a long. */
  boolean isLong() {
    return isLong;
  }

  long unscaled() {
    return unscaled;
  }

  /** Whether the number has at most this many digits. */
  boolean fits(int precision) {
    return precision >= LONG_DIGITS || Math.abs(unscaled) < POWERS[precision];
  }

  private static long[] powers() {
    long[] powers = new long[LONG_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
