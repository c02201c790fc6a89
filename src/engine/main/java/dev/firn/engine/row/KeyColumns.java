package dev.firn.engine.row;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/** Extracts the key from rows of one shape. It is serialized to the executors. */
public final class KeyColumns implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] places;
  private final KeyKind[] kinds;
  private final DataType[] types;

  public KeyColumns(RowShape shape) {
    this.places = shape.key();
    this.kinds =
        Arrays.stream(places)
            .mapToObj(i -> KeyKind.of(shape.schema().columns().get(i).type()))
            .toArray(KeyKind[]::new);
    this.types =
        Arrays.stream(places)
            .mapToObj(i -> shape.type().fields()[i].dataType())
            .toArray(DataType[]::new);
  }

  /** The kinds of the key's columns, in the order of their bytes. */
  public KeyKind[] kinds() {
    return kinds.clone();
  }

  /** Appends the key of a row to {@code key}. */
  public void put(InternalRow row, KeyBytes key) {
    for (int i = 0; i < places.length; i++) {
      switch (kinds[i]) {
        case LONG -> key.putLong(asLong(row, places[i], types[i]));
        case DOUBLE -> key.putDouble(asDouble(row, places[i], types[i]));
        case WIDE -> {
          DecimalType type = (DecimalType) types[i];
          key.putWide(
              row.getDecimal(places[i], type.precision(), type.scale())
                  .toJavaBigDecimal()
                  .unscaledValue());
        }
        case BYTES -> {
          byte[] bytes = asBytes(row, places[i], types[i]);
          key.putBytes(bytes, 0, bytes.length);
        }
      }
    }
  }

  private static long asLong(InternalRow row, int place, DataType type) {
    if (type instanceof IntegerType || type instanceof DateType) {
      return row.getInt(place);
    }
    if (type instanceof DecimalType decimal) {
      return row.getDecimal(place, decimal.precision(), decimal.scale()).toUnscaledLong();
    }
    return type instanceof BooleanType ? (row.getBoolean(place) ? 1 : 0) : row.getLong(place);
  }

  private static double asDouble(InternalRow row, int place, DataType type) {
    return type instanceof FloatType ? row.getFloat(place) : row.getDouble(place);
  }

  private static byte[] asBytes(InternalRow row, int place, DataType type) {
    if (type instanceof StringType) {
      UTF8String text = row.getUTF8String(place);
      return text.getBytes();
    }
    return row.getBinary(place);
  }
}
