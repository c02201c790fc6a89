package dev.firn.engine.table;

import dev.firn.contract.ReservedColumns;
import dev.firn.engine.lake.RowMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Repairs a table that cannot be read because of the names of its columns: two columns that differ
 * only in case, or a column of the source with a name that Firn or Iceberg reserves. Earlier
 * versions of Firn created such tables. The column is renamed in one metadata commit; no value is
 * lost. Of columns that differ only in case, the key column keeps its name, otherwise the oldest.
 */
final class ColumnRepair {

  private ColumnRepair() {}

  /** Repairs the table if needed; returns messages about the changes. */
  static List<String> apply(Table table) {
    Map<String, String> renames = renames(table.schema());
    if (renames.isEmpty()) {
      return List.of();
    }
    UpdateSchema update = table.updateSchema();
    renames.forEach(update::renameColumn);
    update.commit();
    return renames.entrySet().stream()
        .map(
            rename ->
                ("renamed column %s to %s, because no reader could open the table with the old name. See"
                        + " \"A column was renamed\" in docs/runbook.md")
                    .formatted(rename.getKey(), rename.getValue()))
        .toList();
  }

  /** New names by old names, in the order of the columns' age. */
  static Map<String, String> renames(Schema schema) {
    Set<String> taken = new HashSet<>();
    List<NestedField> others = new ArrayList<>();
    for (NestedField field : schema.columns()) {
      if (isFirns(schema, field)) {
        taken.add(ReservedColumns.folded(field.name()));
      } else {
        others.add(field);
      }
    }
    Set<Integer> key = new TreeSet<>(schema.identifierFieldIds());
    others.sort(
        Comparator.comparing((NestedField field) -> !key.contains(field.fieldId()))
            .thenComparing(NestedField::fieldId));
    Map<String, String> renames = new LinkedHashMap<>();
    List<NestedField> unfit = new ArrayList<>();
    for (NestedField field : others) {
      boolean reserved = ReservedColumns.contains(field.name());
      if (reserved || !taken.add(ReservedColumns.folded(field.name()))) {
        unfit.add(field);
      }
    }
    unfit.forEach(field -> renames.put(field.name(), free(field.name(), taken)));
    return renames;
  }

  private static boolean isFirns(Schema schema, NestedField field) {
    return switch (field.name()) {
      case RowMetadata.OPERATION -> RowMetadata.isChangeLog(schema);
      case RowMetadata.UNCHANGED -> field.type().isMapType();
      default -> RowMetadata.ALL.contains(field.name());
    };
  }

  // All reserved names begin with an underscore.
  private static String free(String name, Set<String> taken) {
    String base = ReservedColumns.contains(name) ? "source" + name : name;
    String candidate = base;
    for (int i = 2; !taken.add(ReservedColumns.folded(candidate)); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }
}
