package dev.firn.engine.scan;

import dev.firn.engine.row.KeyKind;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Converts a range of keys to an Iceberg expression, with which manifests and partitions are
 * skipped. There is no condition for types whose order differs from Iceberg's (-0.0 and NaN), or
 * that have no order.
 */
final class KeyExpression {

  private KeyExpression() {}

  /**
   * @param column a column of the scanned snapshot
   * @param kind the representation of the values in the range
   */
  static Expression of(NestedField column, KeyKind kind, KeyRange range) {
    Type type = column.type();
    boolean isText = type.typeId() == TypeID.STRING;
    if (type.typeId() == TypeID.BOOLEAN || (!isText && kind != KeyKind.LONG)) {
      return Expressions.alwaysTrue();
    }
    String name = column.name();
    return Expressions.and(
        Expressions.greaterThanOrEqual(name, literal(type, range.lower())),
        Expressions.lessThanOrEqual(name, literal(type, range.upper())));
  }

  private static Object literal(Type type, byte[] value) {
    if (type.typeId() == TypeID.STRING) {
      return text(value);
    }
    long number = LongKeySet.number(value, 0);
    return type instanceof DecimalType decimal
        ? BigDecimal.valueOf(number, decimal.scale())
        : (Object) number;
  }

  private static String text(byte[] value) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(value.length);
    for (int at = 0; at < value.length - 2; at++) {
      text.write(value[at]);
      if (value[at] == 0) {
        at++;
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
