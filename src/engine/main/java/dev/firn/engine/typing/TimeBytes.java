package dev.firn.engine.typing;

/**
 * Parses dates and times as Firn's producer writes them, in ISO-8601: years 0001 to 9999, up to six
 * decimals of a second.
 */
final class TimeBytes {

  /** The result for a text that is not accepted. */
  static final long NONE = Long.MIN_VALUE;

  static final int DATE = "2026-08-05".length();

  /** Bytes of a date and time with all its digits. */
  static final int LONGEST = "2026-08-05T03:20:00.123456".length();

  private static final int SECONDS = "2026-08-05T03:20:00".length();
  private static final int MICROS_DIGITS = 6;
  private static final long MICROS = 1_000_000;
  private static final int DAY_SECONDS = 86_400;

  /** The value of an invalid digit: so low that six valid digits cannot compensate for it. */
  private static final int NO_DIGITS = -1_000_000;

  private TimeBytes() {}

  /** Days since 1970, for a text of ten bytes; otherwise {@link #NONE}. */
  static long days(byte[] bytes, int from, int to) {
    if (to - from != DATE || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
      return NONE;
    }
    int year = two(bytes, from) * 100 + two(bytes, from + 2);
    int month = two(bytes, from + 5);
    int day = two(bytes, from + 8);
    boolean real = year > 0 && month > 0 && month <= 12 && day > 0 && day <= length(month, year);
    return real ? days(year, month, day) : NONE;
  }

  /** Microseconds since 1970, for a date and time without a zone; otherwise {@link #NONE}. */
  static long micros(byte[] bytes, int from, int to) {
    if (to - from < SECONDS || bytes[from + DATE] != 'T') {
      return NONE;
    }
    long days = days(bytes, from, from + DATE);
    long second = secondOfDay(bytes, from + DATE + 1);
    long micros = fraction(bytes, from + SECONDS, to);
    boolean real = days != NONE && second >= 0 && micros >= 0;
    return real ? (days * DAY_SECONDS + second) * MICROS + micros : NONE;
  }

  private static long secondOfDay(byte[] bytes, int from) {
    int hour = two(bytes, from);
    int minute = two(bytes, from + 3);
    int second = two(bytes, from + 6);
    boolean real =
        bytes[from + 2] == ':'
            && bytes[from + 5] == ':'
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59;
    return real ? hour * 3600L + minute * 60L + second : -1;
  }

  /** Microseconds of the fraction after the seconds: nothing, or a point and digits. */
  private static long fraction(byte[] bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (bytes[from] != '.' || digits < 1 || digits > MICROS_DIGITS) {
      return -1;
    }
    if (digits == MICROS_DIGITS) {
      // One invalid digit makes the sum negative.
      return two(bytes, from + 1) * 10_000L + two(bytes, from + 3) * 100L + two(bytes, from + 5);
    }
    long micros = 0;
    for (int i = from + 1; i <= from + MICROS_DIGITS; i++) {
      int digit = i < to ? bytes[i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros = micros * 10 + digit;
    }
    return micros;
  }

  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NO_DIGITS : tens * 10 + ones;
  }

  private static int length(int month, int year) {
    if (month == 2) {
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  // In years that begin in March the leap day is the last day; 719468 days are from 0000-03-01 to
  // 1970.
  private static long days(int year, int month, int day) {
    int marchYear = month > 2 ? year : year - 1;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    int leaps = marchYear / 4 - marchYear / 100 + marchYear / 400;
    return marchYear * 365L + leaps + dayOfYear - 719_468;
  }
}
