package dev.firn.etl.verify;

import java.io.Serializable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The one text of a value that PostgreSQL and the lake must agree on. It depends on the value alone
 * and not on how a column holds it: trailing zeros of a numeric and the width of an integer leave
 * no trace, so a widened column stays equal.
 */
sealed interface ValueText extends Serializable permits ScalarText, ListText {

  /**
   * The text in PostgreSQL, in a session with pinned settings; NULL for NULL.
   *
   * @param expression of the column's type, without side effects: it may stand there twice
   */
  String sql(String expression);

  /**
   * The text of a value of Spark's.
   *
   * @param value not null
   */
  String of(Object value);

  /** The text for people: the same, unless it holds bits. */
  String readable(String text);

  static ValueText of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> ScalarText.BOOLEAN;
      case INTEGER, LONG -> ScalarText.INTEGER;
      case FLOAT -> ScalarText.FLOAT;
      case DOUBLE -> ScalarText.DOUBLE;
      case DECIMAL -> ScalarText.DECIMAL;
      case DATE -> ScalarText.DATE;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? ScalarText.TIMESTAMP_UTC
              : ScalarText.TIMESTAMP;
      case BINARY -> ScalarText.BYTES;
      case LIST -> new ListText(of(type.asListType().elementType()));
      default -> ScalarText.TEXT;
    };
  }
}
