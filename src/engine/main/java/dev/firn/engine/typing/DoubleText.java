package dev.firn.engine.typing;

import java.nio.charset.StandardCharsets;

/** Parses the bytes of JSON numbers into doubles. */
final class DoubleText {

  /** Ten to the power of 22 is the greatest power of ten that a double represents exactly. */
  private static final double[] POWERS = powers();

  private static final int EXACT_DIGITS = 15;

  private DoubleText() {}

  /** Whether the number has a point or an exponent. */
  static boolean isFraction(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  /**
   * The double nearest to a number. If it has few digits and a small power of ten, both are exact
   * doubles, and their quotient is rounded only once: as correct as the general algorithm, and
   * without a string.
   */
  static double parse(byte[] bytes, int from, int to) {
    int first = bytes[from] == '-' ? from + 1 : from;
    long digits = 0;
    int point = -1;
    for (int i = first; i < to; i++) {
      if (bytes[i] == '.') {
        point = i;
      } else if (bytes[i] < '0' || to - first > EXACT_DIGITS || bytes[i] > '9') {
        return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
      } else {
        digits = digits * 10 + (bytes[i] - '0');
      }
    }
    double value = digits / POWERS[point < 0 ? 0 : to - point - 1];
    return first > from ? -value : value;
  }

  private static double[] powers() {
    double[] powers = new double[EXACT_DIGITS + 1];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Double.parseDouble("1e" + i);
    }
    return powers;
  }
}
