package dev.firn.engine.row;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;

/** The representation of a key column's values in {@link KeyBytes}. */
public enum KeyKind {
  /**
   * Booleans, integers, dates, timestamps in microseconds, decimals of up to 18 digits, unscaled.
   */
  LONG,
  /** Floating-point numbers, as doubles. */
  DOUBLE,
  /** Decimals of more than 18 digits, unscaled. */
  WIDE,
  /** Strings in UTF-8, and binaries. */
  BYTES;

  /** The number of digits that always fit into a long. */
  static final int LONG_DIGITS = 18;

  public static KeyKind of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN, INTEGER, LONG, DATE, TIMESTAMP -> LONG;
      case FLOAT, DOUBLE -> DOUBLE;
      case DECIMAL -> ((DecimalType) type).precision() <= LONG_DIGITS ? LONG : WIDE;
      case STRING, BINARY -> BYTES;
      default ->
          throw new IllegalArgumentException(
              "Cannot use column as key: its type has no order: " + type);
    };
  }
}
