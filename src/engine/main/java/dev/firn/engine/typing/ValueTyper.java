package dev.firn.engine.typing;

import dev.firn.engine.row.RowValues;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeWriter;
import org.apache.spark.sql.types.Decimal;

/**
 * Writes values into a row directly from their bytes, with the same result as {@link
 * ValueConverter}. Returns false for a value of any other form, even if it is valid.
 */
final class ValueTyper {

  private final JsonText json;
  private final DecimalBytes decimal = new DecimalBytes();
  private byte[] scratch = new byte[256];

  ValueTyper(JsonText json) {
    this.json = json;
  }

  /**
   * Types the value at the cursor, which must not be null.
   *
   * @param row or a list
   */
  boolean type(ColumnPlan column, int place, UnsafeWriter row) {
    return switch (column.kind) {
      case BOOLEAN -> typeBoolean(place, row);
      case INTEGER -> typeInteger(place, row);
      case LONG -> typeLong(place, row);
      case INTEGER_AS_LONG -> typeIntegerAsLong(place, row);
      case FLOAT, DOUBLE, FLOAT_AS_DOUBLE -> typeDouble(column, place, row);
      case DECIMAL -> json.takeString() && !json.isEscaped() && typeDecimal(column, place, row);
      case DATE -> json.takeString() && typeDate(place, row);
      case TIMESTAMP -> json.takeString() && typeTime(place, json.to(), row);
      case TIMESTAMP_UTC -> json.takeString() && endsInUtc() && typeTime(place, json.to() - 1, row);
      case STRING -> json.takeString() && typeString(place, row);
      case BINARY -> json.takeString() && typeBinary(place, row);
      case LIST -> typeList(column, place, row);
    };
  }

  private boolean typeBoolean(int place, UnsafeWriter row) {
    if (!json.takeBoolean()) {
      return false;
    }
    row.write(place, json.number() == 1);
    return true;
  }

  private boolean typeInteger(int place, UnsafeWriter row) {
    if (!json.takeInteger() || json.number() != (int) json.number()) {
      return false;
    }
    row.write(place, (int) json.number());
    return true;
  }

  private boolean typeIntegerAsLong(int place, UnsafeWriter row) {
    if (!json.takeInteger() || json.number() != (int) json.number()) {
      return false;
    }
    row.write(place, json.number());
    return true;
  }

  private boolean typeLong(int place, UnsafeWriter row) {
    if (!json.takeInteger()) {
      return false;
    }
    row.write(place, json.number());
    return true;
  }

  private boolean typeDouble(ColumnPlan column, int place, UnsafeWriter row) {
    int first = json.at();
    if (!json.takeNumber() || !DoubleText.isFraction(json.bytes(), first, json.at())) {
      return false;
    }
    double value = DoubleText.parse(json.bytes(), first, json.at());
    if (Double.isInfinite(value)) {
      return false;
    }
    if (column.kind == ColumnPlan.Kind.DOUBLE) {
      row.write(place, value);
      return true;
    }
    return !Float.isInfinite((float) value) && typeFloat(column, place, (float) value, row);
  }

  private static boolean typeFloat(ColumnPlan column, int place, float value, UnsafeWriter row) {
    if (column.kind == ColumnPlan.Kind.FLOAT) {
      row.write(place, value);
    } else {
      row.write(place, (double) value);
    }
    return true;
  }

  private boolean typeDecimal(ColumnPlan column, int place, UnsafeWriter row) {
    int precision = column.precision;
    int scale = column.scale;
    if (!decimal.parse(json.bytes(), json.from(), json.to(), scale)) {
      return false;
    }
    if (!decimal.isLong()) {
      return typeWide(column, place, row);
    }
    if (!decimal.fits(precision)) {
      return false;
    }
    if (precision <= DecimalBytes.LONG_DIGITS) {
      row.write(place, decimal.unscaled());
    } else {
      Decimal value = Decimal.createUnsafe(decimal.unscaled(), precision, scale);
      row.write(place, value, precision, scale);
    }
    return true;
  }

  private boolean typeWide(ColumnPlan column, int place, UnsafeWriter row) {
    int length = json.to() - json.from();
    String text = new String(json.bytes(), json.from(), length, StandardCharsets.US_ASCII);
    BigDecimal value = new BigDecimal(text).setScale(column.scale);
    if (value.precision() > column.precision) {
      return false;
    }
    if (column.precision <= DecimalBytes.LONG_DIGITS) {
      row.write(place, value.unscaledValue().longValueExact());
    } else {
      Decimal decimal38 = Decimal.apply(value, column.precision, column.scale);
      row.write(place, decimal38, column.precision, column.scale);
    }
    return true;
  }

  private boolean typeDate(int place, UnsafeWriter row) {
    long days = TimeBytes.days(json.bytes(), json.from(), json.to());
    if (days == TimeBytes.NONE) {
      return false;
    }
    row.write(place, (int) days);
    return true;
  }

  private boolean endsInUtc() {
    return json.to() > json.from() && json.bytes()[json.to() - 1] == 'Z';
  }

  private boolean typeTime(int place, int to, UnsafeWriter row) {
    long micros = TimeBytes.micros(json.bytes(), json.from(), to);
    if (micros == TimeBytes.NONE) {
      return false;
    }
    row.write(place, micros);
    return true;
  }

  private boolean typeString(int place, UnsafeWriter row) {
    int length = json.to() - json.from();
    if (!json.isEscaped()) {
      row.write(place, json.bytes(), json.from(), length);
      return true;
    }
    byte[] out = scratch(length);
    row.write(place, out, 0, Escapes.unescape(json.bytes(), json.from(), json.to(), out));
    return true;
  }

  private boolean typeBinary(int place, UnsafeWriter row) {
    byte[] out = scratch(json.to() - json.from());
    int length = Base64Bytes.decode(json.bytes(), json.from(), json.to(), out);
    if (length < 0) {
      return false;
    }
    row.write(place, out, 0, length);
    return true;
  }

  // Two passes, because a list starts with the number of its elements.
  private boolean typeList(ColumnPlan column, int place, UnsafeWriter row) {
    int first = json.at();
    int count = json.takeList();
    if (count < 0) {
      return false;
    }
    json.moveTo(first + 1);
    int before = row.cursor();
    UnsafeArrayWriter list = RowValues.list(row, column.element.type, count);
    for (int i = 0; i < count; i++) {
      if ((i > 0 && !json.take(',')) || !typeElement(column.element, i, list)) {
        return false;
      }
    }
    row.setOffsetAndSizeFromPreviousCursor(place, before);
    return json.take(']');
  }

  private boolean typeElement(ColumnPlan element, int index, UnsafeArrayWriter list) {
    if (json.peek() == 'n') {
      RowValues.write(list, index, element.type, null);
      return json.takeNull();
    }
    return type(element, index, list);
  }

  private byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[2 * length];
    }
    return scratch;
  }
}
