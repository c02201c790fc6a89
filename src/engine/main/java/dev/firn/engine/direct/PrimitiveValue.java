package dev.firn.engine.direct;

import java.util.Optional;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.util.DecimalUtil;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes the non-null value of one column of a row, in Iceberg's Parquet representation of its
 * type.
 */
interface PrimitiveValue {

  /** The largest number of decimal digits that fit in 32 bits. */
  int INT_DIGITS = 9;

  /** The largest number of decimal digits that fit in 64 bits. */
  int LONG_DIGITS = 18;

  void write(InternalRow row, int ordinal, TripleWriter<?> column);

  /**
   * Empty for types that are not plain: nested types, and floats, because Iceberg's writer counts
   * their NaNs.
   */
  static Optional<PrimitiveValue> of(Type type) {
    PrimitiveValue value =
        switch (type.typeId()) {
          case BOOLEAN -> (row, i, column) -> column.writeBoolean(0, row.getBoolean(i));
          case INTEGER, DATE -> (row, i, column) -> column.writeInteger(0, row.getInt(i));
          case LONG, TIMESTAMP -> (row, i, column) -> column.writeLong(0, row.getLong(i));
          case STRING -> (row, i, column) -> column.writeBinary(0, binary(row.getUTF8String(i)));
          case BINARY ->
              (row, i, column) ->
                  column.writeBinary(0, Binary.fromReusedByteArray(row.getBinary(i)));
          case DECIMAL -> decimal((DecimalType) type);
          default -> null;
        };
    return Optional.ofNullable(value);
  }

  private static PrimitiveValue decimal(DecimalType type) {
    int precision = type.precision();
    int scale = type.scale();
    if (precision <= INT_DIGITS) {
      return (row, i, column) ->
          column.writeInteger(0, (int) row.getDecimal(i, precision, scale).toUnscaledLong());
    }
    if (precision <= LONG_DIGITS) {
      return (row, i, column) ->
          column.writeLong(0, row.getDecimal(i, precision, scale).toUnscaledLong());
    }
    byte[] bytes = new byte[TypeUtil.decimalRequiredBytes(precision)];
    return (row, i, column) ->
        column.writeBinary(
            0,
            Binary.fromReusedByteArray(
                DecimalUtil.toReusedFixLengthBytes(
                    precision,
                    scale,
                    row.getDecimal(i, precision, scale).toJavaBigDecimal(),
                    bytes)));
  }

  // The row's bytes are not copied here: the column writer copies what it keeps.
  private static Binary binary(UTF8String text) {
    if (text.getBaseObject() instanceof byte[] bytes) {
      int offset = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
      return Binary.fromReusedByteArray(bytes, offset, text.numBytes());
    }
    return Binary.fromReusedByteArray(text.getBytes());
  }
}
