package dev.firn.etl.merge;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/**
 * One text for each value of a lake's row, exact: {@code 1} is not {@code 1.0} and not {@code '1'}.
 */
final class LakeText {

  static final String NULL = "null";

  private LakeText() {}

  /** The text of one field of a row. */
  static String of(Row row, int field) {
    boolean list = row.schema().fields()[field].dataType() instanceof ArrayType;
    return of(list && !row.isNullAt(field) ? row.getList(field) : row.get(field));
  }

  /** The text of a value as Spark's rows have it; a list's as a {@link List}. */
  static String of(Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(LakeText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? "'" + text + "'" : value.toString();
  }
}
