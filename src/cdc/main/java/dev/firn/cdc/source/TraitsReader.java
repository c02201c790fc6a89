package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import dev.firn.source.SourceException;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the {@link TableTraits} of many tables with one query of the catalog. An entry of a
 * publication has an OID, and PostgreSQL never changes an entry in place, so that an entry that was
 * dropped and added again has a different OID. The xmin of the publication's row is the transaction
 * that last altered it, and vacuum keeps it. For a table that is published with its schema, the
 * xmin of its dependency on the schema is the transaction that last moved it there. Partitions are
 * found by pg_inherits, since pg_partition_tree waits for locks on partitions.
 */
public final class TraitsReader {

  private static final int SCHEMAS_SINCE = 150000;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

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
        coalesce((SELECT string_agg(
            concat_ws(':', a.attnum, a.atttypid, a.atttypmod), ' ' ORDER BY a.attnum)
          FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '') AS columns,
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

  // The row of a system column is never updated: its xmin is the transaction that created the
  // relation.
  private static final String MADE_TOAST =
      """
      SELECT t.xmin FROM pg_class c
      JOIN pg_attribute t ON t.attrelid = c.reltoastrelid AND t.attnum = -1
      WHERE c.oid = ?
      """;

  // Through the table, since the role may lack privileges on single partitions; and by ctid, since
  // a condition on tableoid does not prune partitions: only the first rows of each are read. One
  // row that the rewrite wrote is enough: others may have been added since, and VACUUM FULL leaves
  // no such row. ALTER TABLE writes the rows, then the entry of the table in pg_class, which GRANT
  // or ADD COLUMN update later, and the entry of each index; TRUNCATE writes the entries before
  // there are rows. A session that locks or tries to delete a row, or to alter the table, may leave
  // the number of another command: a row with such a mark proves nothing if there are others. The
  // entry of an index that was created together with its file proves nothing either.
  private static final String MADE_ROWS =
      """
      SELECT e.xmin FROM (
        SELECT c.oid, c.xmin, c.xmax, c.cmin FROM pg_class c WHERE c.oid = ?
        UNION ALL
        SELECT i.indrelid, c.xmin, c.xmax, c.cmin FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_attribute made ON made.attrelid = c.oid AND made.attnum = 1
        WHERE i.indrelid = ? AND made.xmin <> c.xmin) e
      WHERE (
        SELECT count(*) > 0 AND (e.xmax <> 0 OR coalesce(
          bool_or(r.cmin::text::bigint <= e.cmin::text::bigint) FILTER (WHERE r.xmax = 0), true))
        FROM %s r
        WHERE r.tableoid = e.oid AND r.ctid = ANY ('{%s}'::tid[]) AND r.xmin = e.xmin)
      """;

  // Adding a column without a value does not make ALTER TABLE rewrite the rows.
  private static final String FOR_COLUMNS =
      """
      SELECT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ? AND a.xmin = ?::xid
        AND (a.attnum = ANY (?::int2[])
          OR a.attnum = ANY (?::int2[]) AND (a.atthasdef OR a.attidentity <> '')))
      """;

  // Within one transaction, the command number shows which came first. If the transaction that
  // created a table also attached it, no other can have written to it before; in other cases the
  // older of two transactions may be the one that ended last.
  private static final String OLDER_THAN_ATTACH =
      """
      SELECT p.oid::regclass::text FROM pg_class p WHERE p.oid = ? AND EXISTS (
        SELECT FROM %s r WHERE r.tableoid = p.oid AND r.ctid = ANY ('{%s}'::tid[])
        AND EXISTS (SELECT FROM pg_inherits i
          JOIN pg_attribute made ON made.attrelid = i.inhrelid AND made.attnum = -1
          WHERE i.inhrelid IN (SELECT relid FROM pg_partition_ancestors(p.oid))
          AND (made.xmin <> i.xmin AND age(r.xmin) > age(i.xmin)
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

  /**
   * @param tables OIDs by the names under which the tables are captured
   */
  public Map<QualifiedName, SeenTable> read(Map<QualifiedName, Long> tables) {
    Map<QualifiedName, SeenTable> seen = new HashMap<>();
    if (tables.isEmpty()) {
      return seen;
    }
    Map<Long, QualifiedName> names =
        tables.keySet().stream().collect(Collectors.toMap(tables::get, name -> name));
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
   * Whether the last rewrite of a table was by ALTER TABLE, for another reason than to change these
   * columns. Rows that VACUUM FULL moves are older than their file.
   *
   * @param table by the name that it has now
   */
  public boolean isRewritten(
      QualifiedName table, long oid, TableTraits.NewFile file, TableTraits.NewColumns columns) {
    String doing = "look at the rows of " + table;
    Optional<String> maker =
        file.hasNewToast()
            ? sql.first(doing, MADE_TOAST, row -> row.getString(1), file.part())
            : sql.first(
                doing,
                MADE_ROWS.formatted(table, FIRST_ROWS),
                row -> row.getString(1),
                file.part(),
                file.part());
    return maker.isPresent()
        && sql.text(
                doing,
                FOR_COLUMNS,
                oid,
                maker.get(),
                array(columns.retyped()),
                array(columns.added()))
            .equals("f");
  }

  /**
   * Whether another session has locked the table or a partition, so that its rows cannot be read
   * without waiting.
   *
   * @param table by the name that it has now
   */
  public boolean isLocked(QualifiedName table) {
    String doing = "look whether %s is locked".formatted(table);
    sql.execute(doing, "SET lock_timeout = '100ms'");
    boolean locked = isRefused(doing, "SELECT FROM %s LIMIT 0".formatted(table));
    sql.execute(doing, "SET lock_timeout = 0");
    return locked;
  }

  private boolean isRefused(String doing, String query) {
    try {
      sql.execute(doing, query);
      return false;
    } catch (SourceException e) {
      if (e.state().equals(LOCK_NOT_AVAILABLE)) {
        return true;
      }
      throw e;
    }
  }

  /**
   * The name of the partition if it has rows from before it was attached; empty if its first block
   * has none.
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

  private static String array(List<String> numbers) {
    return "{" + String.join(",", numbers) + "}";
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
