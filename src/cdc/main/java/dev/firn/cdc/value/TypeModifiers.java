package dev.firn.cdc.value;

import java.util.List;

/**
 * What {@code atttypmod} holds: for a numeric its precision and scale, for a varchar or bpchar its
 * length in characters (src/backend/utils/adt/numeric.c, varchar.c).
 */
public final class TypeModifiers {

  private static final int NONE = -1;
  private static final int HEADER = 4;
  private static final int SCALE_BITS = 11;

  private TypeModifiers() {}

  /**
   * @param typeName of the type, or of an array's elements
   */
  public static List<Integer> decode(String typeName, int modifier) {
    if (modifier == NONE) {
      return List.of();
    }
    int value = modifier - HEADER;
    return switch (typeName) {
      case "numeric" -> List.of((value >>> 16) & 0xFFFF, scale(value));
      case "varchar", "bpchar" -> List.of(value);
      default -> List.of();
    };
  }

  // Eleven bits with a sign: a scale is -1000 to 1000 since PostgreSQL 15.
  private static int scale(int value) {
    int shift = Integer.SIZE - SCALE_BITS;
    return value << shift >> shift;
  }
}
