package dev.firn.cdc.preflight;

import dev.firn.source.catalog.SqlSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The unique indexes of a table that PostgreSQL takes as its replica identity. */
final class KeyIndexes {

  /**
   * ALTER TABLE's page, REPLICA IDENTITY: unique, not partial, not deferrable, and only of columns
   * that are NOT NULL.
   */
  private static final String FIT =
      """
      SELECT quote_ident(x.relname), array_agg(a.attname::text)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND a.attnotnull
      WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid AND i.indimmediate
        AND i.indpred IS NULL AND k.place <= i.indnkeyatts
      GROUP BY x.relname HAVING bool_and(a.attname IS NOT NULL) ORDER BY x.relname
      """;

  private record Index(String name, List<String> columns) {}

  private KeyIndexes() {}

  /** The quoted name of an index that uses only these columns. */
  static Optional<String> of(SqlSession sql, long table, Set<String> columns) {
    return sql
        .list(
            "look up indexes",
            FIT,
            row -> new Index(row.getString(1), List.of((String[]) row.getArray(2).getArray())),
            table)
        .stream()
        .filter(index -> columns.containsAll(index.columns()))
        .map(Index::name)
        .findFirst();
  }
}
