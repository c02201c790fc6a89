package dev.firn.etl.verify;

import dev.firn.source.SourceErrors;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table in PostgreSQL, as the snapshot of an open transaction shows it. The server computes
 * hashes and sums: every question costs one pass over the table, and only the answer travels over
 * the network.
 */
final class PostgresSide implements Side {

  private static final int FETCH_ROWS = 10_000;

  private final Connection connection;
  private final SourceShape shape;
  private final List<SourceColumn> key;

  /**
   * @param connection with an open transaction
   * @param key the columns that identify a row, in the order of their names
   */
  PostgresSide(Connection connection, SourceShape shape, List<SourceColumn> key) {
    this.connection = connection;
    this.shape = shape;
    this.key = key;
  }

  @Override
  public Map<Long, RangeSum> sums(long ranges, KeyFilter filter) {
    String sql =
        "SELECT mod(k, %s), count(*), sum(r) FROM %s %s GROUP BY 1"
            .formatted(ranges, hashes(rowHash()), conditions(filter));
    return ask(
        sql,
        rows -> {
          Map<Long, RangeSum> sums = new HashMap<>();
          while (rows.next()) {
            sums.put(
                rows.getLong(1), new RangeSum(rows.getLong(2), wrapped(rows.getBigDecimal(3))));
          }
          return sums;
        });
  }

  @Override
  public List<HashedRow> rows(KeyFilter filter) {
    String sql = "SELECT k, r FROM %s %s".formatted(hashes(rowHash()), conditions(filter));
    return ask(
        sql,
        rows -> {
          List<HashedRow> found = new ArrayList<>();
          while (rows.next()) {
            found.add(new HashedRow(rows.getLong(1), rows.getLong(2)));
          }
          return found;
        });
  }

  @Override
  public Map<Long, List<List<String>>> texts(Set<Long> keys) {
    String texts = SourceColumn.sql(shape.columns());
    String sql = "SELECT k, r FROM %s WHERE k %s".formatted(hashes(texts), in(keys));
    return ask(
        sql,
        rows -> {
          Map<Long, List<List<String>>> found = new HashMap<>();
          while (rows.next()) {
            String[] row = (String[]) rows.getArray(2).getArray();
            found
                .computeIfAbsent(rows.getLong(1), hash -> new ArrayList<>())
                .add(Arrays.asList(row));
          }
          return found;
        });
  }

  private String rowHash() {
    return TextHash.sql(SourceColumn.sql(shape.columns()) + "::text");
  }

  private String hashes(String row) {
    String condition = shape.condition().isEmpty() ? "" : " WHERE " + shape.condition();
    return "(SELECT %s AS k, %s AS r FROM %s%s) AS hashed"
        .formatted(TextHash.sql(SourceColumn.sql(key) + "::text"), row, shape.from(), condition);
  }

  private static String conditions(KeyFilter filter) {
    List<String> conditions = new ArrayList<>();
    if (!filter.chosen().isEmpty()) {
      conditions.add("mod(k, %s) %s".formatted(filter.ranges(), in(filter.chosen())));
    }
    if (!filter.excluded().isEmpty()) {
      conditions.add("NOT k " + in(filter.excluded()));
    }
    return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
  }

  // A literal and no parameter: the driver would treat the ? operators of a row filter as
  // parameters. A subquery of IN, not an array: PostgreSQL hashes it in every version.
  private static String in(Set<Long> numbers) {
    String list = String.join(",", numbers.stream().map(String::valueOf).toList());
    return "IN (SELECT unnest('{%s}'::bigint[]))".formatted(list);
  }

  private <T> T ask(String sql, Reading<T> reading) {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      return reading.read(statement.executeQuery(sql));
    } catch (SQLException e) {
      throw SourceErrors.working("read " + shape.name(), e);
    }
  }

  // PostgreSQL's sum is exact; the lake's sum wraps around like a long.
  private static long wrapped(BigDecimal sum) {
    return sum.toBigInteger().longValue();
  }

  private interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
