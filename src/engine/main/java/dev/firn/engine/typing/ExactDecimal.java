package dev.firn.engine.typing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Parses decimal numbers from untrusted text: {@code 1e400000000} has eleven characters, but needs
 * 160 MB when written in full. So every number is checked before it is used.
 */
public final class ExactDecimal {

  /** PostgreSQL's numeric has at most 131072 digits before the decimal point and 16383 after it. */
  private static final int MAX_LETTERS = 131_072 + 16_383 + 2;

  /** The largest number of digits, on either side of the point, that are written in full. */
  private static final int MAX_DIGITS = 1000;

  private ExactDecimal() {}

  /**
   * @throws NumberFormatException when this is not a number, or longer than any of PostgreSQL's
   */
  public static BigDecimal parse(String text) {
    if (text.length() > MAX_LETTERS) {
      throw new NumberFormatException("longer than " + MAX_LETTERS + " characters");
    }
    return new BigDecimal(text);
  }

  /**
   * The number with this many digits after its point.
   *
   * @param digits the largest number of digits in total
   * @throws NumberFormatException when it has more
   * @throws ArithmeticException when it would have to be rounded
   */
  public static BigDecimal scaled(BigDecimal number, int digits, int scale) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO.setScale(scale);
    }
    // Only the first digit is checked, so this costs nothing, whatever the exponent.
    if (digitsBefore(number) > digits - (long) scale) {
      throw new NumberFormatException("more than %s digits".formatted(digits));
    }
    if (number.scale() - (long) scale >= number.precision()) {
      throw new ArithmeticException("rounding would be necessary");
    }
    return number.setScale(scale, RoundingMode.UNNECESSARY);
  }

  /**
   * The number's text with all its digits.
   *
   * @throws ArithmeticException when there are too many digits
   */
  public static String plain(BigDecimal number) {
    if (digitsBefore(number) > MAX_DIGITS || number.scale() > MAX_DIGITS) {
      throw new ArithmeticException("more digits than " + MAX_DIGITS);
    }
    return number.toPlainString();
  }

  private static long digitsBefore(BigDecimal number) {
    return number.precision() - (long) number.scale();
  }
}
