package dev.firn.engine.typing;

/**
 * The bytes of a decimal as an unscaled number: digits with or without a point, no exponent. Used
 * for many values, each valid until the next is parsed.
 */
final class DecimalBytes {

  /** Digits a long always holds. */
  static final int LONG_DIGITS = 18;

  /** Longer than any number of 38 digits. */
  private static final int LETTERS = 60;

  private static final long[] POWERS = powers();

  private long unscaled;
  private boolean isLong;

  /** The bytes are digits, no more than {@code scale} of them behind the point. */
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

  /** The number is {@link #unscaled()}; else it may be too long for that. */
  boolean isLong() {
    return isLong;
  }

  long unscaled() {
    return unscaled;
  }

  /** The number has no more digits than this. */
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
