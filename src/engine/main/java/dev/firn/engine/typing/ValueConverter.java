package dev.firn.engine.typing;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types;

/**
 * Converts a JSON value of an event into the value of its column in a Spark row. A value that does
 * not fit is rejected: it is never rounded, and never stored with a wrong year.
 */
interface ValueConverter extends Serializable {

  /** The last and first moments that every reader of Iceberg understands. */
  LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);

  LocalDate FIRST_DATE = LocalDate.of(1, 1, 1);
  LocalDateTime LAST_TIME = LAST_DATE.atTime(23, 59, 59, 999_999_000);
  LocalDateTime FIRST_TIME = FIRST_DATE.atStartOfDay();

  /**
   * @param value not null, a value of {@link dev.firn.contract.RowImage}
   * @throws UnfitValueException when the column cannot hold it
   */
  Object convert(Object value);

  /**
   * The converter of values that were written as one type into a lake type that can hold it. A
   * float is first parsed as a float: parsed as a double, its shortest text would be another
   * number.
   */
  static ValueConverter into(Type written, Type type) {
    if (written.typeId() == TypeID.FLOAT && type.typeId() == TypeID.DOUBLE) {
      return value -> toFloat(value).doubleValue();
    }
    return written.typeId() == TypeID.INTEGER && type.typeId() == TypeID.LONG
        ? value -> toInteger(value).longValue()
        : into(type);
  }

  /** The converter into a lake type. */
  static ValueConverter into(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> ValueConverter::toBoolean;
      case INTEGER -> ValueConverter::toInteger;
      case LONG -> ValueConverter::toLong;
      case FLOAT -> ValueConverter::toFloat;
      case DOUBLE -> value -> toDouble(value, "double");
      case DECIMAL -> decimal((Types.DecimalType) type);
      case DATE -> ValueConverter::toDate;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? ValueConverter::toInstant
              : ValueConverter::toLocalTime;
      case BINARY -> ValueConverter::toBytes;
      case STRING -> ValueConverter::toText;
      case LIST -> list(type.asListType().elementType());
      default ->
          throw new IllegalArgumentException(
              "Cannot convert a value into the lake's type: the type is not supported: " + type);
    };
  }

  private static Object toBoolean(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    throw UnfitValueException.of(value, "boolean");
  }

  private static Integer toInteger(Object value) {
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    throw UnfitValueException.of(value, "int");
  }

  private static Object toLong(Object value) {
    if (value instanceof Long) {
      return value;
    }
    throw UnfitValueException.of(value, "long");
  }

  private static Float toFloat(Object value) {
    double wide = toDouble(value, "float");
    float narrow = (float) wide;
    if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
      throw UnfitValueException.of(value, "float");
    }
    return narrow;
  }

  private static double toDouble(Object value, String type) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return switch (String.valueOf(value)) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw UnfitValueException.of(value, type);
    };
  }

  private static ValueConverter decimal(Types.DecimalType type) {
    int precision = type.precision();
    int scale = type.scale();
    String name = type.toString();
    return value -> {
      try {
        return ExactDecimal.scaled(ExactDecimal.parse(String.valueOf(value)), precision, scale);
      } catch (NumberFormatException e) {
        // Too large, or NaN or infinite, which a decimal cannot represent.
        throw UnfitValueException.of(value, name);
      } catch (ArithmeticException e) {
        throw UnfitValueException.of(value, name + " without rounding");
      }
    };
  }

  private static Object toDate(Object value) {
    return switch (String.valueOf(value)) {
      case "infinity" -> LAST_DATE;
      case "-infinity" -> FIRST_DATE;
      default -> checked(parse(value, "date", LocalDate::parse), value, "date");
    };
  }

  private static LocalDateTime toLocalTime(Object value) {
    return switch (String.valueOf(value)) {
      case "infinity" -> LAST_TIME;
      case "-infinity" -> FIRST_TIME;
      default -> {
        LocalDateTime time = parse(value, "timestamp", LocalDateTime::parse);
        checked(time.toLocalDate(), value, "timestamp");
        yield time;
      }
    };
  }

  private static Instant toInstant(Object value) {
    return switch (String.valueOf(value)) {
      case "infinity" -> LAST_TIME.toInstant(ZoneOffset.UTC);
      case "-infinity" -> FIRST_TIME.toInstant(ZoneOffset.UTC);
      default -> {
        Instant instant = parse(value, "timestamptz", Instant::parse);
        checked(LocalDate.ofInstant(instant, ZoneOffset.UTC), value, "timestamptz");
        yield instant;
      }
    };
  }

  private static LocalDate checked(LocalDate date, Object value, String type) {
    if (date.isBefore(FIRST_DATE) || date.isAfter(LAST_DATE)) {
      throw UnfitValueException.of(value, type + " of the years 1 to 9999");
    }
    return date;
  }

  private static <T> T parse(Object value, String type, Function<String, T> parser) {
    try {
      return parser.apply(String.valueOf(value));
    } catch (DateTimeParseException e) {
      throw UnfitValueException.of(value, type);
    } catch (DateTimeException e) {
      throw UnfitValueException.of(value, type + " of the years 1 to 9999");
    }
  }

  private static Object toBytes(Object value) {
    try {
      return Base64.getDecoder().decode(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw UnfitValueException.of(value, "binary in base64");
    }
  }

  private static Object toText(Object value) {
    if (value instanceof String) {
      return value;
    }
    throw UnfitValueException.of(value, "string");
  }

  private static ValueConverter list(Type elementType) {
    ValueConverter element = into(elementType);
    return value -> {
      if (!(value instanceof List<?> values)) {
        throw UnfitValueException.of(value, "list");
      }
      // Spark's rows need an array, not a java.util.List.
      return values.stream().map(one -> one == null ? null : element.convert(one)).toArray();
    };
  }
}
