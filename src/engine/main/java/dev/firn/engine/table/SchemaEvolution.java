package dev.firn.engine.table;

import dev.firn.contract.Column;
import dev.firn.contract.ReservedColumns;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.schema.LakeColumns;
import dev.firn.engine.schema.LakeTypes;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.schema.TypeWidening;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Evolves a table to the union of its source's schemas: new columns are added, types are widened as
 * far as Iceberg allows, and dropped columns are kept. A column whose type changed in any other way
 * is not changed, and its rows go to quarantine; a column that the lake lacks is added with the
 * newest of these types. A name that differs from a column's only in case means that column: a
 * second column would make the table unreadable.
 */
public final class SchemaEvolution {

  private SchemaEvolution() {}

  /**
   * A column of the source, with the spelling of the first schema and all types it had, the newest
   * last.
   */
  private record Wanted(String name, List<Type> types) {

    Wanted and(Wanted later) {
      List<Type> all = new ArrayList<>(types);
      all.addAll(later.types);
      return new Wanted(name, all);
    }

    /**
     * The newest type, widened to hold those before it where Iceberg can. Rows of a type that it
     * cannot hold are older than the newest copy of the table can be.
     */
    Type type() {
      Type type = types.get(types.size() - 1);
      for (int i = types.size() - 2; i >= 0; i--) {
        type = wider(type, types.get(i));
      }
      return type;
    }
  }

  /**
   * Evolves the table in at most one metadata commit; returns messages about the changes.
   *
   * @param schemas of the source, the newest last; refused ones are ignored
   */
  public static List<String> apply(Table table, List<SourceSchema> schemas) {
    List<String> done = new ArrayList<>(ColumnRepair.apply(table));
    done.addAll(evolve(table, wanted(schemas)));
    return done;
  }

  private static Collection<Wanted> wanted(List<SourceSchema> schemas) {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (SourceSchema schema : schemas) {
      if (!schema.isRefused()) {
        for (Column column : schema.columns()) {
          wanted.merge(
              ReservedColumns.folded(column.name()),
              new Wanted(column.name(), List.of(LakeTypes.of(column))),
              Wanted::and);
        }
      }
    }
    return wanted.values();
  }

  private static List<String> evolve(Table table, Collection<Wanted> wanted) {
    UpdateSchema update = table.updateSchema();
    List<String> changes =
        wanted.stream()
            .map(column -> change(update, table.schema(), column.name(), column.type()))
            .filter(change -> !change.isEmpty())
            .toList();
    if (!changes.isEmpty()) {
      update.commit();
    }
    return changes;
  }

  /** Adds the column that records which values are older than their row. */
  public static void addUnchangedColumn(Table table) {
    if (table.schema().findField(RowMetadata.UNCHANGED) == null) {
      table.updateSchema().addColumn(RowMetadata.UNCHANGED, RowMetadata.unchangedType()).commit();
    }
  }

  private static String change(UpdateSchema update, Schema schema, String name, Type type) {
    Optional<NestedField> found = LakeColumns.find(schema, name);
    if (found.isEmpty()) {
      update.addColumn(null, name, type);
      return "added column %s %s".formatted(name, type);
    }
    NestedField field = found.get();
    if (!field.type().isPrimitiveType() || TypeWidening.isSame(field.type(), type)) {
      return "";
    }
    if (TypeWidening.isPromotion(field.type(), type)) {
      update.updateColumn(field.name(), type.asPrimitiveType());
      return "widened column %s from %s to %s".formatted(field.name(), field.type(), type);
    }
    return "";
  }

  private static Type wider(Type left, Type right) {
    return TypeWidening.isPromotion(left, right) ? right : left;
  }
}
