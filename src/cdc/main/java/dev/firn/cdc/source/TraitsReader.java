package dev.firn.cdc.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads {@link TableTraits} of many tables with one query of the catalog. An entry of a publication
 * has an OID of its own, so that one that was dropped and added again is another one; PostgreSQL
 * never changes an entry in place. The row of the publication has the transaction that last altered
 * it, which vacuum leaves alone. Of a table that is published with its schema, the dependency on
 * the schema has the transaction that last moved it there. Partitions are found by pg_inherits:
 * pg_partition_tree waits for whoever holds a lock on one of them.
 */
public final class TraitsReader {

  private static final int SCHEMAS_SINCE = 150000;

  private static final String SEEN =
      """
      SELECT k.oid::bigint AS oid, n.nspname, c.relname,
        EXISTS (SELECT FROM pg_class o JOIN pg_namespace s ON s.oid = o.relnamespace
          WHERE s.nspname = k.schema AND o.relname = k.name AND o.oid <> k.oid
            AND o.relkind IN ('r', 'p')) AS replaced,
        coalesce(p.oid::text, '') AS publication,
        coalesce(concat_ws(' ', p.xmin, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
          p.pubviaroot), '') AS options,
        coalesce((SELECT string_agg(m.entry, ' ' ORDER BY m.entry) FROM (
            SELECT 'all' AS entry WHERE p.puballtables
            UNION ALL
            SELECT 'table ' || r.oid FROM pg_publication_rel r
            WHERE r.prpubid = p.oid AND (r.prrelid = k.oid
              OR r.prrelid IN (SELECT a.relid FROM pg_partition_ancestors(k.oid) a))
            %s) m), '') AS membership,
        coalesce((SELECT md5(string_agg(
            concat_ws(' ', a.attnum, a.atttypid, a.atttypmod, a.attisdropped), ','
            ORDER BY a.attnum))
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0), '') AS columns,
        coalesce((SELECT string_agg(
            concat_ws(':', l.oid, l.relfilenode, l.reltoastrelid,
              CASE WHEN l.oid = k.oid THEN l.relpersistence ELSE 'p' END), ' '
            ORDER BY l.oid)
          FROM (
            WITH RECURSIVE tree (oid) AS (
              SELECT k.oid UNION ALL SELECT i.inhrelid FROM pg_inherits i
              JOIN tree ON i.inhparent = tree.oid WHERE c.relkind = 'p')
            SELECT oid FROM tree) part
          JOIN pg_class l ON l.oid = part.oid WHERE l.relkind = 'r'), '') AS parts
      FROM unnest(ARRAY[%s]::oid[], ARRAY[%s]::text[], ARRAY[%s]::text[]) k (oid, schema, name)
      LEFT JOIN pg_class c ON c.oid = k.oid
      LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_publication p ON p.pubname = ?
      """;

  private static final String BY_SCHEMA =
      """
      UNION ALL
      SELECT concat_ws(' ', 'schema', s.oid, d.xmin) FROM pg_publication_namespace s
      JOIN pg_class f ON f.relnamespace = s.pnnspid
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = f.oid
        AND d.objsubid = 0 AND d.refclassid = 'pg_namespace'::regclass
      WHERE s.pnpubid = p.oid AND (f.oid = k.oid
        OR f.oid IN (SELECT a.relid FROM pg_partition_ancestors(k.oid) a))
      """;

  // Through the table, since the role need not be allowed to read each partition; and by ctid, as
  // no partition is left out for its tableoid: of each the first rows alone are read. One row that
  // the rewrite wrote is enough: others may have come since, and VACUUM FULL leaves none such.
  private static final String ALTERED =
      """
      SELECT coalesce(bool_or(r.xmin = c.xmin), false)
      FROM (SELECT xmin FROM %s WHERE tableoid = ? AND ctid = ANY ('{%s}'::tid[])) r
      JOIN pg_class c ON c.oid = ?
      """;

  // Of one transaction, the number of the command tells which came first.
  private static final String OLDER_THAN_ATTACH =
      """
      SELECT p.oid::regclass::text FROM pg_class p WHERE p.oid = ? AND EXISTS (
        SELECT FROM %s r WHERE r.tableoid = p.oid AND r.ctid = ANY ('{%s}'::tid[])
        AND EXISTS (SELECT FROM pg_inherits i
          WHERE i.inhrelid IN (SELECT relid FROM pg_partition_ancestors(p.oid))
          AND (age(r.xmin) > age(i.xmin)
            OR r.xmin = i.xmin AND r.cmin::text::bigint < i.cmin::text::bigint)))
      """;

  private static final String FIRST_ROWS =
      IntStream.rangeClosed(1, 100)
          .mapToObj("\"(0,%s)\""::formatted)
          .collect(Collectors.joining(","));

  private final SqlSession sql;
  private final String publication;

  public TraitsReader(SqlSession sql, String publication) {
    this.sql = sql;
    this.publication = publication;
  }

  // A table that was renamed, and is configured by both names.
  private static QualifiedName refuse(QualifiedName one, QualifiedName other) {
    throw new OperatorException(
        "Cannot capture tables: they are one table: %s and %s".formatted(one, other),
        "Take the name that it no longer has out of source.tables.");
  }

  /**
   * @param tables OIDs by the names they are captured by
   */
  public Map<QualifiedName, SeenTable> read(Map<QualifiedName, Long> tables) {
    Map<QualifiedName, SeenTable> seen = new HashMap<>();
    if (tables.isEmpty()) {
      return seen;
    }
    Map<Long, QualifiedName> names =
        tables.keySet().stream()
            .collect(Collectors.toMap(tables::get, name -> name, TraitsReader::refuse));
    sql.list(
        "compare the tables with what was captured",
        SEEN.formatted(
            sql.version() < SCHEMAS_SINCE ? "" : BY_SCHEMA,
            list(tables, name -> String.valueOf(tables.get(name))),
            list(tables, name -> SqlText.literal(name.schema())),
            list(tables, name -> SqlText.literal(name.table()))),
        row -> seen.put(names.get(row.getLong("oid")), seen(row)),
        publication);
    return seen;
  }

  /**
   * Whether the rows of a table were written by the transaction that gave it its file, as ALTER
   * TABLE does; those that VACUUM FULL moves are older.
   *
   * @param table by the name that it has now
   * @param part OID of what holds the rows, itself or a partition
   */
  public boolean isRewritten(QualifiedName table, String part) {
    return sql.text(
            "look at the rows of " + table, ALTERED.formatted(table, FIRST_ROWS), part, part)
        .equals("t");
  }

  /**
   * The name of a partition that has rows from before it was attached; empty for one that has none
   * in its first block.
   *
   * @param table by the name that it has now
   * @param part OID of the partition
   */
  public Optional<String> attachedWithRows(QualifiedName table, String part) {
    return sql.first(
        "look at the rows of " + table,
        OLDER_THAN_ATTACH.formatted(table, FIRST_ROWS),
        row -> row.getString(1),
        part);
  }

  private static String list(
      Map<QualifiedName, Long> tables, Function<QualifiedName, String> literal) {
    return tables.keySet().stream().map(literal).collect(Collectors.joining(", "));
  }

  private static SeenTable seen(ResultSet row) throws SQLException {
    String table = row.getString("relname");
    return new SeenTable(
        table == null
            ? Optional.empty()
            : Optional.of(new QualifiedName(row.getString("nspname"), table)),
        row.getBoolean("replaced"),
        new TableTraits(
            row.getString("publication"),
            row.getString("options"),
            row.getString("membership"),
            row.getString("columns"),
            row.getString("parts")));
  }
}
