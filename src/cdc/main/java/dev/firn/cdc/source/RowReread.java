package dev.firn.cdc.source;

import dev.firn.cdc.event.RowLookup;
import dev.firn.cdc.event.ShapeColumn;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.console.OperatorException;
import dev.firn.source.SourceException;
import dev.firn.source.SqlFailures;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the current values of single rows by their key. The table may have changed since the row
 * was logged: values that can no longer be queried stay unknown.
 */
public final class RowReread implements RowLookup {

  /** The operators of the key's type are in a schema outside the search path, as those of ltree. */
  private static final String UNDEFINED_OPERATOR = "42883";

  /** Undefined column, table or schema; a key whose text is invalid for its column's type. */
  private static final Set<String> CHANGED_SINCE = Set.of("42703", "42P01", "3F000", "22P02");

  private static final String BY_VALUE = "%s = ?";
  // This cannot use an index, so it is the last resort.
  private static final String BY_TEXT = "format('%%s', %s) = ?";

  private final SqlSession sql;

  public RowReread(SqlSession sql) {
    this.sql = sql;
  }

  @Override
  public Tuple completed(TableShape shape, Tuple row) {
    try {
      return read(shape, row, BY_VALUE);
    } catch (SourceException | OperatorException e) {
      if (!UNDEFINED_OPERATOR.equals(SqlFailures.state(e))) {
        return unlessChanged(row, e);
      }
    }
    try {
      return read(shape, row, BY_TEXT);
    } catch (SourceException | OperatorException e) {
      return unlessChanged(row, e);
    }
  }

  private static Tuple unlessChanged(Tuple row, RuntimeException failure) {
    if (CHANGED_SINCE.contains(SqlFailures.state(failure))) {
      return row;
    }
    throw failure;
  }

  private Tuple read(TableShape shape, Tuple row, String comparison) {
    List<ShapeColumn> wanted = shape.unchanged(row);
    Object[] key = shape.key().stream().map(column -> row.text(column.index())).toArray();
    return sql.first(
            "read columns of " + shape.name() + " again",
            query(shape, wanted, comparison),
            found -> fill(row, wanted, found),
            key)
        .orElse(row);
  }

  private static String query(TableShape shape, List<ShapeColumn> wanted, String comparison) {
    return "SELECT "
        + names(wanted, ", ", "%s")
        + " FROM "
        + shape.name()
        + " WHERE "
        + names(shape.key(), " AND ", comparison);
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
