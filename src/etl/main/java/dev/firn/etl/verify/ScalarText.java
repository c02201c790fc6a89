package dev.firn.etl.verify;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/** The text of a single value, not of a list. */
enum ScalarText implements ValueText {
  BOOLEAN {
    @Override
    public String sql(String expression) {
      return expression + "::text";
    }
  },
  INTEGER {
    @Override
    public String sql(String expression) {
      return expression + "::text";
    }
  },
  DECIMAL {
    @Override
    public String sql(String expression) {
      return "trim_scale(%s)::text".formatted(expression);
    }

    @Override
    public String of(Object value) {
      return ((BigDecimal) value).stripTrailingZeros().toPlainString();
    }
  },
  /** Compares bits, because no two implementations print every float with the same digits. */
  FLOAT {
    @Override
    public String sql(String expression) {
      return bits(expression, "float4");
    }

    @Override
    public String of(Object value) {
      float number = (Float) value;
      return Float.isNaN(number) ? NAN : "%08x".formatted(Float.floatToIntBits(number));
    }

    @Override
    public String readable(String text) {
      return text.equals(NAN)
          ? NAN
          : String.valueOf(Float.intBitsToFloat(Integer.parseUnsignedInt(text, 16)));
    }
  },
  DOUBLE {
    @Override
    public String sql(String expression) {
      return bits(expression, "float8");
    }

    @Override
    public String of(Object value) {
      double number = (Double) value;
      return Double.isNaN(number) ? NAN : "%016x".formatted(Double.doubleToLongBits(number));
    }

    @Override
    public String readable(String text) {
      return text.equals(NAN)
          ? NAN
          : String.valueOf(Double.longBitsToDouble(Long.parseUnsignedLong(text, 16)));
    }
  },
  DATE {
    @Override
    public String sql(String expression) {
      return clamped(expression, "9999-12-31", "0001-01-01");
    }

    @Override
    public String of(Object value) {
      return ((LocalDate) value).toString();
    }
  },
  TIMESTAMP {
    @Override
    public String sql(String expression) {
      return clamped(expression, "9999-12-31 23:59:59.999999", "0001-01-01 00:00:00");
    }

    @Override
    public String of(Object value) {
      return TIME.format((LocalDateTime) value);
    }
  },
  TIMESTAMP_UTC {
    @Override
    public String sql(String expression) {
      return clamped(expression, "9999-12-31 23:59:59.999999+00", "0001-01-01 00:00:00+00");
    }

    @Override
    public String of(Object value) {
      return TIME.format(((Instant) value).atOffset(ZoneOffset.UTC)) + "+00";
    }
  },
  BYTES {
    @Override
    public String sql(String expression) {
      return "encode(%s, 'hex')".formatted(expression);
    }

    @Override
    public String of(Object value) {
      return HexFormat.of().formatHex((byte[]) value);
    }
  },
  /**
   * The result of the type's output function, which is what pgoutput sends. A cast would differ: a
   * cast of bpchar strips blanks, a cast of inet adds a mask.
   */
  TEXT {
    @Override
    public String sql(String expression) {
      return "CASE WHEN %s IS DISTINCT FROM NULL THEN format('%%s', %s) END"
          .formatted(expression, expression);
    }
  };

  private static final String NAN = "NaN";

  /** As PostgreSQL writes a timestamp with DateStyle ISO: no trailing zeros in the fraction. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  @Override
  public String of(Object value) {
    return value.toString();
  }

  @Override
  public String readable(String text) {
    return text;
  }

  // All NaNs are one: the lake does not keep the bits of the others.
  private static String bits(String expression, String type) {
    return "CASE WHEN %s = 'NaN' THEN 'NaN' ELSE encode(%ssend(%s), 'hex') END"
        .formatted(expression, type, expression);
  }

  // The lake has no infinite times: see ValueConverter.
  private static String clamped(String expression, String last, String first) {
    return "CASE %s WHEN 'infinity' THEN '%s' WHEN '-infinity' THEN '%s' ELSE %s::text END"
        .formatted(expression, last, first, expression);
  }
}
