package dev.firn.engine.typing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Decimal numbers of texts that anybody may have written: {@code 1e400000000} is eleven letters,
 * and 160 MB when it is written out. Every number is looked at before it is computed with.
 */
public final class ExactDecimal {

  /** PostgreSQL's numeric has at most 131072 digits before the point and 16383 behind it. */
  private static final int MAX_LETTERS = 131_072 + 16_383 + 2;

  /** More digits than this on either side of the point are not written out. */
  private static final int MAX_DIGITS = 1000;

  private ExactDecimal() {}

  /**
   * @throws NumberFormatException when this is no number, or longer than any of PostgreSQL's
   */
  public static BigDecimal parse(String text) {
    if (text.length() > MAX_LETTERS) {
      throw new NumberFormatException("longer than " + MAX_LETTERS + " letters");
    }
    return new BigDecimal(text);
  }

  /**
   * The number with so many digits behind its point.
   *
   * @param digits that it may have in all
   * @throws NumberFormatException when it has more
   * @throws ArithmeticException when it would have to be rounded
   */
  public static BigDecimal scaled(BigDecimal number, int digits, int scale) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO.setScale(scale);
    }
    // No digit but the first is looked at, so this costs nothing, however far away the point is.
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
   * @throws ArithmeticException when these are more than anybody wrote
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
