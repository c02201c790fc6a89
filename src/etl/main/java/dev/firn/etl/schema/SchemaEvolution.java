package dev.firn.etl.schema;

import dev.firn.contract.Column;
import dev.firn.contract.SchemaDocument;
import dev.firn.etl.lake.RowMetadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Brings a table to the union of its source's schemas: columns that are new are added, types that
 * Iceberg may widen are widened, and columns that are gone stay. A column whose type changed in any
 * other way stays as it is; its rows wait in quarantine.
 */
public final class SchemaEvolution {

  private SchemaEvolution() {}

  /** Evolves the table in one metadata commit, or none; answers what was done, for people. */
  public static List<String> apply(Table table, List<SchemaDocument> documents) {
    Map<String, Type> wanted = new LinkedHashMap<>();
    for (SchemaDocument document : documents) {
      for (Column column : document.columns()) {
        wanted.merge(column.name(), LakeTypes.of(column), SchemaEvolution::wider);
      }
    }
    UpdateSchema update = table.updateSchema();
    List<String> changes =
        wanted.entrySet().stream()
            .map(column -> change(update, table.schema(), column.getKey(), column.getValue()))
            .filter(change -> !change.isEmpty())
            .toList();
    if (!changes.isEmpty()) {
      update.commit();
    }
    return changes;
  }

  /** Adds the column that says which values are older than their row. */
  public static void addUnchangedColumn(Table table) {
    if (table.schema().findField(RowMetadata.UNCHANGED) == null) {
      table.updateSchema().addColumn(RowMetadata.UNCHANGED, RowMetadata.unchangedType()).commit();
    }
  }

  private static String change(UpdateSchema update, Schema schema, String name, Type type) {
    NestedField field = schema.findField(name);
    if (field == null) {
      update.addColumn(null, name, type);
      return "added column %s %s".formatted(name, type);
    }
    if (!field.type().isPrimitiveType() || sameType(field.type(), type)) {
      return "";
    }
    if (isPromotion(field.type(), type)) {
      update.updateColumn(name, type.asPrimitiveType());
      return "widened column %s from %s to %s".formatted(name, field.type(), type);
    }
    return "";
  }

  private static Type wider(Type left, Type right) {
    return isPromotion(left, right) ? right : left;
  }

  /** A column of the first type holds every value of the second as it is. */
  public static boolean holds(Type lake, Type source) {
    return sameType(lake, source) || isPromotion(source, lake);
  }

  private static boolean isPromotion(Type from, Type to) {
    return to.isPrimitiveType()
        && from.isPrimitiveType()
        && TypeUtil.isPromotionAllowed(from, to.asPrimitiveType());
  }

  /** The same type, whatever the ids of its elements. */
  private static boolean sameType(Type left, Type right) {
    if (left.isListType() && right.isListType()) {
      return sameType(left.asListType().elementType(), right.asListType().elementType());
    }
    return left.equals(right);
  }
}
