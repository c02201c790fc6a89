package dev.firn.engine.schema;

import dev.firn.contract.ReservedColumns;
import dev.firn.engine.lake.RowMetadata;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** Finds the lake's column for a column of the source. */
public final class LakeColumns {

  private LakeColumns() {}

  /**
   * The column with this name, or else the one whose name differs only in case: readers of the lake
   * treat both as the same, and a column that was renamed only in case keeps its values.
   */
  public static Optional<NestedField> find(Schema schema, String source) {
    List<NestedField> columns =
        schema.columns().stream().filter(field -> !RowMetadata.ALL.contains(field.name())).toList();
    return columns.stream()
        .filter(field -> field.name().equals(source))
        .findFirst()
        .or(() -> alike(columns, ReservedColumns.folded(source)));
  }

  private static Optional<NestedField> alike(List<NestedField> columns, String folded) {
    return columns.stream()
        .filter(field -> ReservedColumns.folded(field.name()).equals(folded))
        .findFirst();
  }
}
