package dev.firn.cdc.value;

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
    return (year == 1 ? "0000" : "-%04d".formatted(year - 1)) + rest;
  }

  private static String time(Matcher matcher, String text) {
    if (matcher.group(3) == null) {
      throw new IllegalArgumentException("a time of day is expected: " + text);
    }
    return matcher.group(3);
  }
}
