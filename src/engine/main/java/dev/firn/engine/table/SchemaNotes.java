package dev.firn.engine.table;

import dev.firn.contract.Column;
import dev.firn.contract.ReservedColumns;
import dev.firn.engine.schema.SourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Messages about changes of the newest schema that affect existing rows. PostgreSQL sends no events
 * for existing rows, although their values may change with the columns. Each schema is reported
 * once: a table property stores the last one.
 */
final class SchemaNotes {

  /** The property with the fingerprint of the newest reported schema. */
  static final String REPORTED = "firn.newest-schema";

  private SchemaNotes() {}

  /**
   * @param schemas of the source, the newest last; empty if the table is opened without them
   * @param sqlName the table's name in Spark SQL
   */
  public static List<String> of(Table table, List<SourceSchema> schemas, String sqlName) {
    if (schemas.isEmpty()) {
      return List.of();
    }
    SourceSchema newest = schemas.get(schemas.size() - 1);
    List<String> notes = new ArrayList<>();
    boolean reported = newest.fingerprint().equals(table.properties().get(REPORTED));
    if (schemas.size() > 1 && !reported) {
      notes.addAll(between(schemas.subList(0, schemas.size() - 1), newest, table.schema()));
      TypeConflicts.of(newest, table.schema()).remedy(sqlName).ifPresent(notes::add);
      table.updateProperties().set(REPORTED, newest.fingerprint()).commit();
    }
    return notes;
  }

  private static List<String> between(
      List<SourceSchema> earlier, SourceSchema newest, Schema lake) {
    Map<String, Column> before = byName(earlier.get(earlier.size() - 1));
    Map<String, Column> now = byName(newest);
    String again =
        "run 'firn capture --resnapshot %s' to copy the table again"
            .formatted(newest.document().table());
    List<String> notes = new ArrayList<>();
    now.forEach(
        (name, column) -> {
          Optional<NestedField> unfit = TypeConflicts.unfit(column, lake);
          if (unfit.isPresent()) {
            notes.add(cannotHold(column, unfit.get()));
          } else if (!before.containsKey(name)) {
            notes.add(isKnown(earlier, name) ? cameBack(column, again) : added(column, again));
          } else if (!before.get(name).declaration().equals(column.declaration())) {
            notes.add(typeChanged(before.get(name), column, again));
          }
        });
    before.forEach(
        (name, column) -> {
          if (!now.containsKey(name)) {
            notes.add(
                "column %s was dropped at the source: the lake keeps it, and it is NULL in rows that change from now on"
                    .formatted(column.name()));
          }
        });
    return notes;
  }

  private static String added(Column column, String again) {
    return ("column %s is new at the source: existing rows have NULL in it until they change. If it was"
            + " added with a default value, or another column was renamed to it, %s")
        .formatted(column.name(), again);
  }

  private static String cameBack(Column column, String again) {
    return ("column %s was added again at the source: existing rows keep the value they had before it was"
            + " dropped until they change; %s")
        .formatted(column.name(), again);
  }

  private static String typeChanged(Column before, Column now, String again) {
    return ("the type of column %s changed at the source from %s to %s: existing rows keep their earlier"
            + " value until they change. If it was changed with USING, or values were rounded, %s")
        .formatted(now.name(), before.declaration(), now.declaration(), again);
  }

  private static String cannotHold(Column column, NestedField field) {
    return ("column %s is %s at the source, which the lake's column cannot hold, it is %s: rows that"
            + " were written since wait in quarantine, and other rows keep their earlier value")
        .formatted(column.name(), column.declaration(), field.type());
  }

  private static boolean isKnown(List<SourceSchema> schemas, String name) {
    return schemas.stream().anyMatch(schema -> byName(schema).containsKey(name));
  }

  private static Map<String, Column> byName(SourceSchema schema) {
    // Columns that differ only in case are refused, so any one of them is sufficient.
    return schema.columns().stream()
        .collect(
            Collectors.toMap(
                column -> ReservedColumns.folded(column.name()),
                column -> column,
                (first, second) -> first,
                TreeMap::new));
  }
}
