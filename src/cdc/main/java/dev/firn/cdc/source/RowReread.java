package dev.firn.cdc.source;

import dev.firn.cdc.event.RowLookup;
import dev.firn.cdc.event.ShapeColumn;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.pgoutput.Tuple;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Reads single rows by their key, as they are now. */
public final class RowReread implements RowLookup {

  private final SqlSession sql;

  public RowReread(SqlSession sql) {
    this.sql = sql;
  }

  @Override
  public Tuple completed(TableShape shape, Tuple row) {
    List<ShapeColumn> wanted = shape.unchanged(row);
    Object[] key = shape.key().stream().map(column -> row.text(column.index())).toArray();
    return sql.first(
            "read columns of " + shape.name() + " again",
            query(shape, wanted),
            found -> fill(row, wanted, found),
            key)
        .orElse(row);
  }

  private static String query(TableShape shape, List<ShapeColumn> wanted) {
    return "SELECT "
        + names(wanted, ", ", "%s")
        + " FROM "
        + shape.name()
        + " WHERE "
        + names(shape.key(), " AND ", "%s = ?");
  }

  private static String names(List<ShapeColumn> columns, String separator, String pattern) {
    return columns.stream()
        .map(column -> pattern.formatted(SqlText.identifier(column.column().name())))
        .collect(Collectors.joining(separator));
  }

  private static Tuple fill(Tuple row, List<ShapeColumn> wanted, ResultSet found)
      throws SQLException {
    String[] values = new String[row.size()];
    for (int i = 0; i < wanted.size(); i++) {
      values[wanted.get(i).index()] = found.getString(i + 1);
    }
    Tuple now = Tuple.of(values);
    Tuple filled = row;
    for (ShapeColumn column : wanted) {
      filled = filled.with(column.index(), now);
    }
    return filled;
  }
}
