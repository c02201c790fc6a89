package dev.firn.engine.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Reads the columns of a row as the objects of Spark's public Row. */
public final class RowObjects {

  private RowObjects() {}

  /** The value at an ordinal, or null. */
  public static Object read(SpecializedGetters row, int place, DataType type) {
    if (row.isNullAt(place)) {
      return null;
    }
    if (type instanceof ArrayType list) {
      return list(row, place, list.elementType());
    }
    if (type instanceof DecimalType decimal) {
      return row.getDecimal(place, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    }
    return isTime(type) ? time(row, place, type) : plain(row, place, type);
  }

  private static boolean isTime(DataType type) {
    return type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }

  private static Object time(SpecializedGetters row, int place, DataType type) {
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay(row.getInt(place));
    }
    Instant instant = Instant.EPOCH.plus(row.getLong(place), ChronoUnit.MICROS);
    return type instanceof TimestampType
        ? instant
        : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static Object plain(SpecializedGetters row, int place, DataType type) {
    if (type instanceof IntegerType) {
      return row.getInt(place);
    } else if (type instanceof LongType) {
      return row.getLong(place);
    } else if (type instanceof StringType) {
      return row.getUTF8String(place).toString();
    } else if (type instanceof BooleanType) {
      return row.getBoolean(place);
    } else if (type instanceof DoubleType) {
      return row.getDouble(place);
    } else if (type instanceof FloatType) {
      return row.getFloat(place);
    } else if (type instanceof BinaryType) {
      return row.getBinary(place);
    }
    throw new IllegalArgumentException("Cannot read column: its type is not supported: " + type);
  }

  private static Object[] list(SpecializedGetters row, int place, DataType elementType) {
    var elements = row.getArray(place);
    Object[] objects = new Object[elements.numElements()];
    for (int i = 0; i < objects.length; i++) {
      objects[i] = read(elements, i, elementType);
    }
    return objects;
  }
}
