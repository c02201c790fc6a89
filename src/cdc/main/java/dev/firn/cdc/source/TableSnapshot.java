package dev.firn.cdc.source;

import dev.firn.cdc.event.TableShape;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.SqlText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table inside the exported snapshot, ready to be copied.
 *
 * @param columns of a row, including those that the shape excludes
 * @param condition that selects the published rows, in SQL; empty for all
 */
public record TableSnapshot(
    SourceTable table, long oid, TableShape shape, List<String> columns, String condition) {

  public TableSnapshot {
    columns = List.copyOf(columns);
  }

  String query(Part part, String rows) {
    String names = columns.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    String where =
        Stream.of(part.condition(), condition, rows)
            .filter(text -> !text.isEmpty())
            .map(text -> "(" + text + ")")
            .collect(Collectors.joining(" AND "));
    return "SELECT " + names + " FROM " + part.from() + (where.isEmpty() ? "" : " WHERE " + where);
  }
}
