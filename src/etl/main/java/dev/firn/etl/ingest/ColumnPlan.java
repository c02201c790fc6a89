package dev.firn.etl.ingest;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.TimestampType;

/**
 * One column of a schema document.
 *
 * @param field its name as a field that is not the first: {@code ,"name":}
 * @param quoted its name as an element that is not the first: {@code ,"name"}
 * @param place in a row of the lake's table
 * @param ordinal among the source's columns
 * @param precision and scale, of a decimal
 */
record ColumnPlan(
    byte[] field, byte[] quoted, int place, int ordinal, Kind kind, int precision, int scale)
    implements Serializable {

  /** How the bytes of a value are read. */
  enum Kind {
    BOOLEAN,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    DATE,
    TIMESTAMP,
    TIMESTAMP_UTC,
    STRING,
    BINARY,
    /** Lists: only null is read. */
    OTHER
  }

  /**
   * @param name with quotes and colon
   */
  static ColumnPlan of(byte[] name, int place, int ordinal, Type type) {
    byte[] field = new byte[name.length + 1];
    field[0] = ',';
    System.arraycopy(name, 0, field, 1, name.length);
    boolean decimal = type instanceof DecimalType;
    int precision = decimal ? ((DecimalType) type).precision() : 0;
    int scale = decimal ? ((DecimalType) type).scale() : 0;
    byte[] quoted = Arrays.copyOf(field, field.length - 1);
    return new ColumnPlan(field, quoted, place, ordinal, kind(type), precision, scale);
  }

  private static Kind kind(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case INTEGER -> Kind.INTEGER;
      case LONG -> Kind.LONG;
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case DECIMAL -> Kind.DECIMAL;
      case DATE -> Kind.DATE;
      case TIMESTAMP ->
          ((TimestampType) type).shouldAdjustToUTC() ? Kind.TIMESTAMP_UTC : Kind.TIMESTAMP;
      case STRING -> Kind.STRING;
      case BINARY -> Kind.BINARY;
      default -> Kind.OTHER;
    };
  }
}
