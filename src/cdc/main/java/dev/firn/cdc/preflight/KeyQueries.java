package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.QualifiedName;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out which columns identify the rows of a table. Each query reads the whole table in a
 * separate session, since the time-out of the session for short queries would cut it off.
 */
final class KeyQueries {

  /** A table that is read in a moment: all its columns may be tried. */
  private static final long SMALL_BYTES = 16 << 20;

  private static final int ASKED_AT_MOST = 8;

  /** Types that keys usually have and that the lake supports as keys. */
  private static final String CANDIDATES =
      """
      SELECT a.attname FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid AND t.typnamespace = 'pg_catalog'::regnamespace
      WHERE a.attrelid = ? AND t.typname IN ('int2', 'int4', 'int8', 'uuid', 'text', 'varchar')
      ORDER BY a.attnum
      """;

  private static final String BY_STATISTICS =
      """
      SELECT attname FROM pg_stats
      WHERE schemaname = ? AND tablename = ? AND n_distinct = -1 AND null_frac = 0
      """;

  private static final String SIZE =
      """
      SELECT sum(pg_relation_size(c.oid)) FROM pg_class c
      WHERE c.oid = ? OR c.oid IN (SELECT relid FROM pg_partition_tree(?::oid::regclass))
      """;

  private final Source source;

  KeyQueries(Source source) {
    this.source = source;
  }

  /**
   * How the rows violate a key.
   *
   * @param nulls rows with NULL in it
   * @param repeated values of it that more than one row has
   */
  record Faults(long rows, long nulls, long repeated) {

    boolean areNone() {
      return nulls == 0 && repeated == 0;
    }
  }

  Faults faults(QualifiedName name, CatalogTable table, List<String> key) {
    try (SqlSession sql = source.sessions().sql()) {
      return faults(sql, name, table, key);
    }
  }

  /** A column that identifies the rows now; empty if none is found at little cost. */
  Optional<String> candidate(QualifiedName name, CatalogTable table, List<String> sent) {
    try (SqlSession sql = source.sessions().sql()) {
      String doing = "look for a key of " + name;
      List<String> fit =
          sql.list(doing, CANDIDATES, row -> row.getString(1), table.oid()).stream()
              .filter(sent::contains)
              .toList();
      if (Long.parseLong(sql.text(doing, SIZE, table.oid(), table.oid())) <= SMALL_BYTES) {
        return fit.stream()
            .limit(ASKED_AT_MOST)
            .filter(column -> isKeyNow(sql, name, table, column))
            .findFirst();
      }
      List<String> told =
          sql.list(doing, BY_STATISTICS, row -> row.getString(1), name.schema(), name.table());
      return fit.stream().filter(told::contains).findFirst();
    }
  }

  // A single row proves nothing.
  private boolean isKeyNow(SqlSession sql, QualifiedName name, CatalogTable table, String column) {
    Faults faults = faults(sql, name, table, List.of(column));
    return faults.areNone() && faults.rows() > 1;
  }

  private static Faults faults(
      SqlSession sql, QualifiedName name, CatalogTable table, List<String> key) {
    String columns = key.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    String from = (table.isPartitioned() ? "" : "ONLY ") + name;
    String nulls =
        key.stream()
            .map(column -> SqlText.identifier(column) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    return sql.first(
            "check the key of " + name,
            "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE no_key), 0),"
                + " count(*) FILTER (WHERE n > 1 AND NOT no_key)"
                + " FROM (SELECT count(*) AS n, "
                + nulls
                + " AS no_key FROM "
                + from
                + " GROUP BY "
                + columns
                + ") AS keys",
            row -> new Faults(row.getLong(1), row.getLong(2), row.getLong(3)))
        .orElseThrow();
  }

  /** The key columns that the table does not have or does not send. */
  static List<String> missing(CatalogTable table, List<String> key, List<String> sent) {
    List<String> there =
        table.columns().stream()
            .filter(column -> sent.isEmpty() ? !column.generated() : sent.contains(column.name()))
            .map(CatalogColumn::name)
            .toList();
    return key.stream().filter(column -> !there.contains(column)).toList();
  }
}
