package dev.firn.engine.schema;

import dev.firn.contract.Column;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The lake's type for each PostgreSQL type. A type without an Iceberg equivalent is stored as
 * PostgreSQL's text; no value is ever rounded to fit.
 */
public final class LakeTypes {

  /** Iceberg's widest decimal. */
  static final int MAX_PRECISION = 38;

  /** Digits after the decimal point of a numeric that was declared without precision. */
  static final int UNCONSTRAINED_SCALE = 9;

  private static final String ARRAY = "[]";

  private LakeTypes() {}

  public static Type of(Column column) {
    return of(column.type(), column.modifiers());
  }

  private static Type of(String type, List<Integer> modifiers) {
    if (type.endsWith(ARRAY)) {
      String element = type.substring(0, type.length() - ARRAY.length());
      // The element gets a new field id when the column is added to a table.
      return Types.ListType.ofOptional(1, of(element, modifiers));
    }
    return switch (type) {
      case "bool" -> Types.BooleanType.get();
      case "int2", "int4" -> Types.IntegerType.get();
      case "int8", "oid" -> Types.LongType.get();
      case "float4" -> Types.FloatType.get();
      case "float8" -> Types.DoubleType.get();
      case "numeric" -> decimal(modifiers);
      case "timestamptz" -> Types.TimestampType.withZone();
      case "timestamp" -> Types.TimestampType.withoutZone();
      case "date" -> Types.DateType.get();
      case "bytea" -> Types.BinaryType.get();
      default -> Types.StringType.get();
    };
  }

  // PostgreSQL allows numeric(1000), a negative scale, and a scale beyond the precision.
  private static Type decimal(List<Integer> modifiers) {
    if (modifiers.isEmpty()) {
      return Types.DecimalType.of(MAX_PRECISION, UNCONSTRAINED_SCALE);
    }
    int precision = modifiers.get(0);
    int scale = modifiers.size() > 1 ? modifiers.get(1) : 0;
    if (scale < 0) {
      precision -= scale;
      scale = 0;
    }
    precision = Math.max(precision, scale);
    return Types.DecimalType.of(Math.min(precision, MAX_PRECISION), Math.min(scale, MAX_PRECISION));
  }
}
