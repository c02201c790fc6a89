package dev.firn.etl.verify;

import java.io.Serializable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The canonical text of a value, the same for PostgreSQL and for the lake. It depends only on the
 * value and not on how a column stores it: it does not contain trailing zeros of a numeric or the
 * width of an integer, so a widened column stays equal.
 */
sealed interface ValueText extends Serializable permits ScalarText, ListText {

  /**
   * The text in PostgreSQL, in a session with pinned settings; NULL for NULL.
   *
   * @param expression of the column's type, without side effects: it may be used twice
   */
  String sql(String expression);

  /**
   * The text of a Spark value.
   *
   * @param value not null
   */
  String of(Object value);

  /** The text for people: the same, unless the canonical text contains bits. */
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
