package dev.firn.etl.verify;

import dev.firn.pipeline.QualifiedName;
import java.util.List;
import java.util.Objects;

/**
 * What a publication sends of a table now.
 *
 * @param columns by name, in the order of their names
 * @param key names of the primary key's columns; empty without one
 * @param condition on the rows, in SQL; empty for all
 * @param partitioned its rows are those of its partitions
 */
record SourceShape(
    QualifiedName name,
    List<SourceColumn> columns,
    List<String> key,
    String condition,
    boolean partitioned) {

  SourceShape {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(condition, "condition");
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  SourceShape withColumns(List<SourceColumn> other) {
    return new SourceShape(name, other, key, condition, partitioned);
  }

  /** What stands behind FROM. */
  String from() {
    // The children of an inheritance parent are tables of their own, and are sent as such.
    return (partitioned ? "" : "ONLY ") + name;
  }
}
