package dev.firn.engine.ingest.foreign;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Converts dates and times of other producers to the form of change events: ISO-8601. */
final class TimeText {

  /**
   * The value that pgjdbc, and so Debezium, uses for an infinite timestamp ({@code PGStatement}).
   */
  private static final long POSITIVE_INFINITY = 9223372036825200000L;

  private static final long NEGATIVE_INFINITY = -9223372036832400000L;

  private static final int SECOND_DIGITS = 13;

  private static final int MAX_FRACTION = 1000;

  private static final long NANOS_OF_DAY = TimeUnit.DAYS.toNanos(1);

  // PostgreSQL writes +02 and +05:30, Java reads +02:00 and +05:30.
  private static final Pattern SHORT_OFFSET = Pattern.compile("(.*T.*[+-]\\d{2})$");
  private static final Pattern BARE_OFFSET = Pattern.compile("(.*T.*[+-]\\d{2})(\\d{2})$");

  private TimeText() {}

  static String date(long days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  static String timeOfDay(long count, TimeUnit unit) {
    long nanos = unit.toNanos(count);
    return nanos == NANOS_OF_DAY
        ? "24:00:00"
        : LocalTime.ofNanoOfDay(nanos).format(DateTimeFormatter.ISO_LOCAL_TIME);
  }

  /** For a {@code timestamp}. */
  static String local(long count, TimeUnit unit) {
    return isInfinite(count)
        ? infinite(count)
        : LocalDateTime.ofInstant(instant(count, unit), ZoneOffset.UTC).toString();
  }

  /** For a {@code timestamptz}. */
  static String zoned(long count, TimeUnit unit) {
    return isInfinite(count) ? infinite(count) : instant(count, unit).toString();
  }

  /** {@code 2019-12-29 04:58:34.8}; some writers always append the zone UTC. */
  static String local(String text) {
    String iso = text.replace(' ', 'T');
    return iso.endsWith("Z") ? iso.substring(0, iso.length() - 1) : iso;
  }

  /**
   * {@code 2018-03-27 11:58:28.98-03}; an unreadable text is returned as it is, and rejected later.
   */
  static String zoned(String text) {
    try {
      return zonedInstant(text).toString();
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  static Instant zonedInstant(String text) {
    String iso = text.replace(' ', 'T');
    iso = SHORT_OFFSET.matcher(iso).replaceFirst("$1:00");
    iso = BARE_OFFSET.matcher(iso).replaceFirst("$1:$2");
    return OffsetDateTime.parse(iso).toInstant();
  }

  /**
   * From seconds since 1970, with microseconds.
   *
   * @throws ArithmeticException beyond 64 bits of microseconds
   */
  static Instant instant(BigDecimal seconds) {
    if (seconds.precision() - (long) seconds.scale() > SECOND_DIGITS
        || seconds.scale() > MAX_FRACTION) {
      throw new ArithmeticException(
          "a number of seconds has more than " + SECOND_DIGITS + " digits");
    }
    long micros = seconds.movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
    return instant(micros, TimeUnit.MICROSECONDS);
  }

  static Instant instant(long count, TimeUnit unit) {
    long perSecond = unit.convert(1, TimeUnit.SECONDS);
    return Instant.ofEpochSecond(
        Math.floorDiv(count, perSecond), unit.toNanos(Math.floorMod(count, perSecond)));
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static boolean isInfinite(long count) {
    return count == POSITIVE_INFINITY || count == NEGATIVE_INFINITY;
  }

  private static String infinite(long count) {
    return count > 0 ? "infinity" : "-infinity";
  }
}
