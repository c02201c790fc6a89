package dev.firn.etl.ingest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.Decimal;

/**
 * Writes values into a row straight from their bytes, each as {@link ValueConverter} would make it.
 * A value of any other form it answers with false, whether or not that would be a value too.
 */
final class ValueTyper {

  private final JsonText json;
  private final DecimalBytes decimal = new DecimalBytes();
  private byte[] scratch = new byte[256];

  ValueTyper(JsonText json) {
    this.json = json;
  }

  /** Types the value at the cursor, which is not null. */
  boolean type(ColumnPlan column, UnsafeRowWriter row) {
    int place = column.place();
    return switch (column.kind()) {
      case BOOLEAN -> typeBoolean(place, row);
      case INTEGER -> typeInteger(place, row);
      case LONG -> typeLong(place, row);
      case FLOAT, DOUBLE -> typeDouble(column, row);
      case DECIMAL -> json.takeString() && !json.isEscaped() && typeDecimal(column, row);
      case DATE -> json.takeString() && typeDate(place, row);
      case TIMESTAMP -> json.takeString() && typeTime(place, json.to(), row);
      case TIMESTAMP_UTC -> json.takeString() && endsInUtc() && typeTime(place, json.to() - 1, row);
      case STRING -> json.takeString() && typeString(place, row);
      case BINARY -> json.takeString() && typeBinary(place, row);
      case OTHER -> false;
    };
  }

  private boolean typeBoolean(int place, UnsafeRowWriter row) {
    if (!json.takeBoolean()) {
      return false;
    }
    row.write(place, json.number() == 1);
    return true;
  }

  private boolean typeInteger(int place, UnsafeRowWriter row) {
    if (!json.takeInteger() || json.number() != (int) json.number()) {
      return false;
    }
    row.write(place, (int) json.number());
    return true;
  }

  private boolean typeLong(int place, UnsafeRowWriter row) {
    if (!json.takeInteger()) {
      return false;
    }
    row.write(place, json.number());
    return true;
  }

  private boolean typeDouble(ColumnPlan column, UnsafeRowWriter row) {
    int first = json.at();
    if (!json.takeNumber() || !DoubleText.isFraction(json.bytes(), first, json.at())) {
      return false;
    }
    double value = DoubleText.parse(json.bytes(), first, json.at());
    if (Double.isInfinite(value)) {
      return false;
    }
    if (column.kind() == ColumnPlan.Kind.FLOAT) {
      row.write(column.place(), (float) value);
    } else {
      row.write(column.place(), value);
    }
    return true;
  }

  private boolean typeDecimal(ColumnPlan column, UnsafeRowWriter row) {
    int precision = column.precision();
    int scale = column.scale();
    if (!decimal.parse(json.bytes(), json.from(), json.to(), scale)) {
      return false;
    }
    if (!decimal.isLong()) {
      return typeWide(column, row);
    }
    if (!decimal.fits(precision)) {
      return false;
    }
    if (precision <= DecimalBytes.LONG_DIGITS) {
      row.write(column.place(), decimal.unscaled());
    } else {
      Decimal value = Decimal.createUnsafe(decimal.unscaled(), precision, scale);
      row.write(column.place(), value, precision, scale);
    }
    return true;
  }

  private boolean typeWide(ColumnPlan column, UnsafeRowWriter row) {
    int length = json.to() - json.from();
    String text = new String(json.bytes(), json.from(), length, StandardCharsets.US_ASCII);
    BigDecimal value = new BigDecimal(text).setScale(column.scale());
    if (value.precision() > column.precision()) {
      return false;
    }
    if (column.precision() <= DecimalBytes.LONG_DIGITS) {
      row.write(column.place(), value.unscaledValue().longValueExact());
    } else {
      Decimal decimal38 = Decimal.apply(value, column.precision(), column.scale());
      row.write(column.place(), decimal38, column.precision(), column.scale());
    }
    return true;
  }

  private boolean typeDate(int place, UnsafeRowWriter row) {
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

  private boolean typeTime(int place, int to, UnsafeRowWriter row) {
    long micros = TimeBytes.micros(json.bytes(), json.from(), to);
    if (micros == TimeBytes.NONE) {
      return false;
    }
    row.write(place, micros);
    return true;
  }

  private boolean typeString(int place, UnsafeRowWriter row) {
    int length = json.to() - json.from();
    if (!json.isEscaped()) {
      row.write(place, json.bytes(), json.from(), length);
      return true;
    }
    byte[] out = scratch(length);
    row.write(place, out, 0, Escapes.unescape(json.bytes(), json.from(), json.to(), out));
    return true;
  }

  private boolean typeBinary(int place, UnsafeRowWriter row) {
    byte[] out = scratch(json.to() - json.from());
    int length = Base64Bytes.decode(json.bytes(), json.from(), json.to(), out);
    if (length < 0) {
      return false;
    }
    row.write(place, out, 0, length);
    return true;
  }

  private byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[2 * length];
    }
    return scratch;
  }
}
