package dev.firn.engine.schema;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;

/** Which types of a column hold the values of which others, by what Iceberg may widen. */
public final class TypeWidening {

  private TypeWidening() {}

  /** A column of the first type holds every value of the second as it is. */
  public static boolean holds(Type lake, Type source) {
    return isSame(lake, source) || isPromotion(source, lake);
  }

  /** Iceberg may change a column of the one type into the other. */
  public static boolean isPromotion(Type from, Type to) {
    return to.isPrimitiveType()
        && from.isPrimitiveType()
        && TypeUtil.isPromotionAllowed(from, to.asPrimitiveType());
  }

  /** The same type, whatever the ids of its elements. */
  public static boolean isSame(Type left, Type right) {
    if (left.isListType() && right.isListType()) {
      return isSame(left.asListType().elementType(), right.asListType().elementType());
    }
    return left.equals(right);
  }
}
