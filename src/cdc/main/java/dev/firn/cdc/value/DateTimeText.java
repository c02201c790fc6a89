package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's dates (DateStyle ISO, time zone UTC) as ISO-8601. PostgreSQL writes {@code
 * 0044-03-15 BC} and {@code 10000-01-01}, ISO-8601 {@code -0043-03-15} (it has a year 0) and {@code
 * +10000-01-01}; a reader that drops the BC is silently wrong by decades.
 */
final class DateTimeText {

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4,7})(-\\d{2}-\\d{2})(?: (\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?)(\\+00)?)?( BC)?");

  private static final int DATE_LENGTH = "2026-08-05".length();
  private static final int SECONDS_LENGTH = "2026-08-05 03:20:00".length();
  private static final int MICROSECONDS_LENGTH = "2026-08-05 03:20:00.123456".length();

  private DateTimeText() {}

  static String date(String text) {
    return isInfinite(text) ? text : day(matched(text));
  }

  static String timestamp(String text) {
    if (isInfinite(text)) {
      return text;
    }
    Matcher matcher = matched(text);
    return day(matcher) + "T" + time(matcher, text);
  }

  static String timestampUtc(String text) {
    if (isInfinite(text)) {
      return text;
    }
    Matcher matcher = matched(text);
    if (matcher.group(4) == null) {
      throw new IllegalArgumentException("the offset +00 is expected: " + text);
    }
    return day(matcher) + "T" + time(matcher, text) + "Z";
  }

  /** A day of the years 0001 to 9999, which is the same in ISO-8601. */
  static boolean isPlainDate(byte[] text, int from, int to) {
    return to - from == DATE_LENGTH && isPlainDay(text, from);
  }

  /** Such a day with a time, without a zone. */
  static boolean isPlainTimestamp(byte[] text, int from, int to) {
    int length = to - from;
    return length >= SECONDS_LENGTH
        && length <= MICROSECONDS_LENGTH
        && isPlainDay(text, from)
        && text[from + DATE_LENGTH] == ' '
        && isDigit(text[to - 1]);
  }

  /** A plain timestamp in ISO-8601, with the opening quote and without the closing one. */
  static void writePlain(JsonBytes out, byte[] text, int from, int to) {
    out.put((byte) '"');
    out.verbatim(text, from, from + DATE_LENGTH);
    out.put((byte) 'T');
    out.verbatim(text, from + DATE_LENGTH + 1, to);
  }

  private static boolean isPlainDay(byte[] text, int from) {
    return isDigit(text[from]) && text[from + 4] == '-' && text[from + 7] == '-';
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }

  private static boolean isInfinite(String text) {
    return text.equals("infinity") || text.equals("-infinity");
  }

  private static Matcher matched(String text) {
    Matcher matcher = DATE_TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a date of DateStyle ISO is expected: " + text);
    }
    return matcher;
  }

  private static String day(Matcher matcher) {
    int year = Integer.parseInt(matcher.group(1));
    String rest = matcher.group(2);
    if (matcher.group(5) == null) {
      return (year > 9999 ? "+" + year : matcher.group(1)) + rest;
    }
    return (year == 1 ? "0000" : String.format(Locale.ROOT, "-%04d", year - 1)) + rest;
  }

  private static String time(Matcher matcher, String text) {
    if (matcher.group(3) == null) {
      throw new IllegalArgumentException("a time of day is expected: " + text);
    }
    return matcher.group(3);
  }
}
