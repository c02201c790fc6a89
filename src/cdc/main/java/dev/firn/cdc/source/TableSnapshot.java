package dev.firn.cdc.source;

import dev.firn.cdc.event.TableShape;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.SqlText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table inside the exported snapshot, ready to be copied.
 *
 * @param columns of a row, with those that the shape leaves out
 * @param condition on the rows that are published, in SQL; empty for all
 */
public record TableSnapshot(
    SourceTable table, long oid, TableShape shape, List<String> columns, String condition) {

  public TableSnapshot {
    columns = List.copyOf(columns);
  }

  String query(SnapshotSession.Leaf leaf, String rows) {
    String names = columns.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    String where =
        List.of(condition, rows).stream()
            .filter(part -> !part.isEmpty())
            .map(part -> "(" + part + ")")
            .collect(Collectors.joining(" AND "));
    return "SELECT "
        + names
        + " FROM ONLY "
        + leaf.name()
        + (where.isEmpty() ? "" : " WHERE " + where);
  }
}
