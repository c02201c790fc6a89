package dev.firn.engine.typing;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.TimestampType;

/** One column of a schema document, or the elements of its lists. */
final class ColumnPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The rule by which the bytes of a value are read. */
  enum Kind {
    BOOLEAN,
    INTEGER,
    LONG,
    INTEGER_AS_LONG,
    FLOAT,
    DOUBLE,
    FLOAT_AS_DOUBLE,
    DECIMAL,
    DATE,
    TIMESTAMP,
    TIMESTAMP_UTC,
    STRING,
    BINARY,
    LIST
  }

  /** The name as a field that is not the first: {@code ,"name":}. */
  final byte[] field;

  /** The name as an element that is not the first: {@code ,"name"}. */
  final byte[] quoted;

  /** The ordinal in a row of the lake's table. */
  final int place;

  /** The ordinal among the source's columns. */
  final int ordinal;

  final Type type;
  final Kind kind;

  /** The scale of a decimal. */
  final int precision;

  final int scale;

  /** The element of a list; for any other type the column itself. */
  final ColumnPlan element;

  private ColumnPlan(byte[] name, int place, int ordinal, Type type, Kind kind) {
    this.field = new byte[name.length + 1];
    field[0] = ',';
    System.arraycopy(name, 0, field, 1, name.length);
    this.quoted = Arrays.copyOf(field, name.length);
    this.place = place;
    this.ordinal = ordinal;
    this.type = type;
    this.kind = kind;
    this.precision = type instanceof DecimalType decimal ? decimal.precision() : 0;
    this.scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
    this.element =
        type.isListType() ? ofElement(name, place, ordinal, type.asListType().elementType()) : this;
  }

  /**
   * @param name with quotes and colon
   * @param written the type with which the value was written; the lake's type can hold it
   */
  static ColumnPlan of(byte[] name, int place, int ordinal, Type written, Type type) {
    return new ColumnPlan(name, place, ordinal, type, kind(written, type));
  }

  private static ColumnPlan ofElement(byte[] name, int place, int ordinal, Type type) {
    return new ColumnPlan(name, place, ordinal, type, kind(type));
  }

  // A decimal's text is exact, whatever its declared precision.
  private static Kind kind(Type written, Type type) {
    if (written.typeId() == TypeID.FLOAT && type.typeId() == TypeID.DOUBLE) {
      return Kind.FLOAT_AS_DOUBLE;
    }
    return written.typeId() == TypeID.INTEGER && type.typeId() == TypeID.LONG
        ? Kind.INTEGER_AS_LONG
        : kind(type);
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
      case LIST -> Kind.LIST;
      default ->
          throw new IllegalArgumentException(
              "Cannot read a value into the lake's type: the type is not supported: " + type);
    };
  }
}
