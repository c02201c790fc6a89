package dev.firn.engine.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeWriter;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes values that are objects into Spark's binary rows, by the column's type in the lake. Used
 * for values that were not typed directly from their bytes.
 */
public final class RowValues {

  private static final long MICROS = 1_000_000;

  private RowValues() {}

  /**
   * Writes one value at an ordinal.
   *
   * @param value as {@link dev.firn.engine.typing.ValueConverter} returns it for this type; or null
   */
  public static void write(UnsafeWriter row, int place, Type type, Object value) {
    if (value == null) {
      writeNull(row, place, type);
      return;
    }
    switch (type.typeId()) {
      case BOOLEAN -> row.write(place, (boolean) value);
      case INTEGER -> row.write(place, (int) value);
      case LONG -> row.write(place, (long) value);
      case FLOAT -> row.write(place, (float) value);
      case DOUBLE -> row.write(place, (double) value);
      case DECIMAL -> writeDecimal(row, place, (DecimalType) type, (BigDecimal) value);
      case DATE -> row.write(place, Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TIMESTAMP -> row.write(place, micros(value));
      case STRING -> row.write(place, UTF8String.fromString((String) value));
      case BINARY -> row.write(place, (byte[]) value);
      case LIST -> writeList(row, place, type.asListType().elementType(), (Object[]) value);
      default ->
          throw new IllegalArgumentException(
              "Cannot write value: its type is not supported: " + type);
    }
  }

  /** Microseconds since 1970; digits below a microsecond are truncated. */
  public static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1000);
  }

  private static long micros(Object time) {
    return time instanceof Instant instant
        ? micros(instant)
        : micros(((LocalDateTime) time).toInstant(ZoneOffset.UTC));
  }

  private static void writeDecimal(
      UnsafeWriter row, int place, DecimalType type, BigDecimal value) {
    int precision = type.precision();
    if (precision <= KeyKind.LONG_DIGITS) {
      row.write(place, value.unscaledValue().longValueExact());
    } else {
      Decimal decimal = Decimal.apply(value, precision, type.scale());
      row.write(place, decimal, precision, type.scale());
    }
  }

  private static void writeList(UnsafeWriter row, int place, Type element, Object[] values) {
    int before = row.cursor();
    UnsafeArrayWriter list = list(row, element, values.length);
    for (int i = 0; i < values.length; i++) {
      write(list, i, element, values[i]);
    }
    row.setOffsetAndSizeFromPreviousCursor(place, before);
  }

  /** Starts a list at the row writer's present offset. */
  public static UnsafeArrayWriter list(UnsafeWriter row, Type element, int count) {
    UnsafeArrayWriter list = new UnsafeArrayWriter(row, size(element));
    list.initialize(count);
    return list;
  }

  // In a row all slots have the same size; in a list the size depends on the element's type.
  private static void writeNull(UnsafeWriter row, int place, Type type) {
    switch (size(type)) {
      case 1 -> row.setNull1Bytes(place);
      case 4 -> row.setNull4Bytes(place);
      default -> row.setNull8Bytes(place);
    }
  }

  /** Bytes of an element's slot in a list. */
  private static int size(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> 1;
      case INTEGER, FLOAT, DATE -> 4;
      default -> 8;
    };
  }
}
