package dev.firn.etl.verify;

import dev.firn.pipeline.QualifiedName;
import java.util.List;
import java.util.Objects;

/**
 * The columns and rows of a table that a publication sends now.
 *
 * @param columns by name, sorted
 * @param key names of the primary key's columns; empty without one
 * @param condition the row filter in SQL; empty for all rows
 * @param partitioned the table is partitioned: its rows are those of its partitions
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

  /** The table expression after FROM. */
  String from() {
    // The children of an inheritance parent are separate tables, and are sent as such.
    return (partitioned ? "" : "ONLY ") + name;
  }
}
