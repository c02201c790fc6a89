package dev.firn.engine.table;

import dev.firn.contract.Column;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.schema.LakeColumns;
import dev.firn.engine.schema.LakeTypes;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.schema.TypeWidening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The lake's columns that cannot hold the type their columns have in one schema of the source, and
 * the remedy. Copying the table again does not help by itself: the copied rows have that type too.
 * The lake's column has to be dropped before; the next merge then adds a column of the newest type
 * under the same name. Iceberg does not drop a column of the key.
 */
final class TypeConflicts {

  private final SourceSchema source;
  private final Schema lake;
  private final List<NestedField> columns;

  private TypeConflicts(SourceSchema source, Schema lake, List<NestedField> columns) {
    this.source = source;
    this.lake = lake;
    this.columns = List.copyOf(columns);
  }

  static TypeConflicts of(SourceSchema source, Schema lake) {
    List<NestedField> columns = new ArrayList<>();
    for (Column column : source.columns()) {
      unfit(column, lake).ifPresent(columns::add);
    }
    return new TypeConflicts(source, lake, columns);
  }

  /** The lake's column where it cannot hold the type of the source's. */
  static Optional<NestedField> unfit(Column column, Schema lake) {
    return LakeColumns.find(lake, column.name())
        .filter(field -> !TypeWidening.holds(field.type(), LakeTypes.of(column)));
  }

  /**
   * How rows of this schema come into the lake; empty where nothing keeps them from it.
   *
   * @param table the lake's table, as Spark SQL names it
   */
  Optional<String> remedy(String table) {
    String token = source.document().table().value();
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    if (columns.stream().anyMatch(field -> lake.identifierFieldIds().contains(field.fieldId()))) {
      return Optional.of(
          ("The column is in the key: give the table a new token. See \"A column's type changed\" in"
                  + " docs/runbook.md; 'firn capture --resnapshot %s' alone does not help")
              .formatted(token));
    }
    String names =
        columns.stream()
            .map(field -> LakeCatalog.quote(field.name()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        ("Drop the lake's column in a Spark session: ALTER TABLE %s DROP COLUMN %s; then run 'firn"
                + " capture --resnapshot %s' and 'firn merge'. See \"A column's type changed\" in"
                + " docs/runbook.md; --resnapshot alone does not help")
            .formatted(table, names, token));
  }
}
