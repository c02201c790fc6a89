package dev.firn.etl.verify;

import dev.firn.pipeline.QualifiedName;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Type;

/**
 * A column of the source to compare.
 *
 * @param type the resolved name of its type, as in {@link dev.firn.contract.Column#type()}
 */
record SourceColumn(String name, String type, ValueText text) implements Serializable {

  private static final String FLOAT4 = "float4";

  /** The same column, compared in the type in which the lake stores it. */
  SourceColumn as(Optional<LakeTable> lake) {
    return lake.flatMap(table -> table.column(name))
        .filter(field -> type.equals(FLOAT4) && field.type().typeId() == Type.TypeID.DOUBLE)
        .map(field -> new SourceColumn(name, type, ScalarText.DOUBLE))
        .orElse(this);
  }

  /** The text of the column in SQL. */
  String sql() {
    // The lake stores a float4 as a double with its exact value: 0.10000000149, not the text 0.1.
    String cast = type.equals(FLOAT4) && text == ScalarText.DOUBLE ? "::float8" : "";
    return text.sql(QualifiedName.quote(name) + cast);
  }

  /** The text of several columns in SQL. */
  static String sql(List<SourceColumn> columns) {
    return "ARRAY["
        + String.join(", ", columns.stream().map(SourceColumn::sql).toList())
        + "]::text[]";
  }
}
