package dev.firn.bench.merge;

import java.util.List;
import java.util.stream.Collectors;

/** The statements of the contenders other than Firn. */
public final class Sql {

  /** Rows, keys and values of a table as a {@link Checksum}: a scan of every column. */
  public static final String CHECK =
      """
      SELECT count(*), coalesce(sum(id), 0), coalesce(sum((id % 10007) * (
        CAST(amount * 100 AS BIGINT) % 10007 + length(note) + unix_micros(updated_at) % 10007
        + ascii(status) + ascii(country) + customer_id % 10007)), 0)
      FROM
      """;

  /** Firn's events of the generated table, typed. */
  public static final String EVENT_TYPE =
      """
      op STRING, epoch INT, lsn BIGINT, seq BIGINT, key STRUCT<id: BIGINT>,
      after STRUCT<id: BIGINT, customer_id: INT, status: STRING, amount: DECIMAL(12, 2),
        note: STRING, updated_at: TIMESTAMP, country: STRING>""";

  private static final List<String> VALUES =
      List.of("customer_id", "status", "amount", "note", "updated_at", "country");

  private Sql() {}

  /** The newest event of each key, of a view of typed events. */
  public static String newest(String view) {
    String values =
        VALUES.stream().map(column -> "after." + column).collect(Collectors.joining(", "));
    return newest(view, values);
  }

  /** The same for events with an inferred schema: numbers are wide, everything else is text. */
  public static String newestCast(String view) {
    return newest(
        view,
        """
        CAST(after.customer_id AS INT) AS customer_id, after.status,
        CAST(after.amount AS DECIMAL(12, 2)) AS amount, after.note,
        CAST(after.updated_at AS TIMESTAMP) AS updated_at, after.country""");
  }

  private static String newest(String view, String values) {
    return """
        SELECT op, key.id AS id, %s FROM (
          SELECT *, row_number() OVER (
            PARTITION BY key.id ORDER BY epoch DESC, lsn DESC, seq DESC) AS place
          FROM %s)
        WHERE place = 1"""
        .formatted(values, view);
  }

  /** Merges the newest events of a view into a table. */
  public static String merge(String table, String view) {
    String set =
        VALUES.stream()
            .map(column -> "t.%1$s = s.%1$s".formatted(column))
            .collect(Collectors.joining(", "));
    String values = VALUES.stream().map(column -> "s." + column).collect(Collectors.joining(", "));
    return """
        MERGE INTO %s t USING %s s ON t.id = s.id
        WHEN MATCHED AND s.op = 'd' THEN DELETE
        WHEN MATCHED THEN UPDATE SET %s
        WHEN NOT MATCHED AND s.op <> 'd' THEN INSERT (id, %s) VALUES (s.id, %s)"""
        .formatted(table, view, set, String.join(", ", VALUES), values);
  }

  /** The table's columns, in its order. */
  public static String columns() {
    return "id, " + String.join(", ", VALUES);
  }
}
