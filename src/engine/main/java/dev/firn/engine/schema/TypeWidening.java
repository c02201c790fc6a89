package dev.firn.engine.schema;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;

/** Decides which types can hold the values of other types, by Iceberg's rules of type promotion. */
public final class TypeWidening {

  private TypeWidening() {}

  /** Whether a column of the first type can hold every value of the second unchanged. */
  public static boolean holds(Type lake, Type source) {
    return isSame(lake, source) || isPromotion(source, lake);
  }

  /** Whether Iceberg can promote a column from one type to the other. */
  public static boolean isPromotion(Type from, Type to) {
    return to.isPrimitiveType()
        && from.isPrimitiveType()
        && TypeUtil.isPromotionAllowed(from, to.asPrimitiveType());
  }

  /** Whether the types are equal, apart from the ids of their elements. */
  public static boolean isSame(Type left, Type right) {
    if (left.isListType() && right.isListType()) {
      return isSame(left.asListType().elementType(), right.asListType().elementType());
    }
    return left.equals(right);
  }
}
