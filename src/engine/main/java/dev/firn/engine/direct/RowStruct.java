package dev.firn.engine.direct;

import java.nio.ByteBuffer;
import org.apache.iceberg.StructLike;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Presents a row to Iceberg's partition transforms, which expect values of Iceberg's types. */
final class RowStruct implements StructLike {

  private final StructField[] fields;
  private InternalRow row;

  RowStruct(StructType type, InternalRow row) {
    this.fields = type.fields();
    this.row = row;
  }

  RowStruct of(InternalRow next) {
    row = next;
    return this;
  }

  @Override
  public int size() {
    return fields.length;
  }

  @Override
  public <T> T get(int place, Class<T> type) {
    return row.isNullAt(place) ? null : type.cast(value(place, fields[place].dataType()));
  }

  private Object value(int place, DataType type) {
    if (type instanceof StringType) {
      return row.getUTF8String(place).toString();
    } else if (type instanceof DecimalType decimal) {
      return row.getDecimal(place, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    } else if (type instanceof BinaryType) {
      return ByteBuffer.wrap(row.getBinary(place));
    }
    return row.get(place, type);
  }

  @Override
  public <T> void set(int place, T value) {
    throw new UnsupportedOperationException("Cannot set column: this view of a row is read-only");
  }
}
