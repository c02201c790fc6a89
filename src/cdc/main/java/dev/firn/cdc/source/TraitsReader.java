package dev.firn.cdc.source;

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

/**
 * Reads {@link TableTraits} of many tables with one query of the catalog. An entry of a publication
 * has an OID of its own, so that one that was dropped and added again is another one; PostgreSQL
 * never changes an entry in place. The row of the publication has the transaction that last altered
 * it, which vacuum leaves alone. Of a table that is published with its schema, the dependency on
 * the schema has the transaction that last moved it there.
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
          FROM (SELECT k.oid AS relid UNION SELECT t.relid FROM pg_partition_tree(k.oid) t) part
          JOIN pg_class l ON l.oid = part.relid WHERE l.relkind = 'r'), '') AS parts
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

  private static final String ALTERED =
      """
      SELECT coalesce(bool_and(r.xmin = c.xmin), false)
      FROM (SELECT xmin FROM ONLY %s LIMIT 100) r JOIN pg_class c ON c.oid = ?
      """;

  private final SqlSession sql;
  private final String publication;

  public TraitsReader(SqlSession sql, String publication) {
    this.sql = sql;
    this.publication = publication;
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
   * Whether the rows of a table were written by the transaction that gave it its file, as ALTER
   * TABLE does; those that VACUUM FULL moves are older.
   */
  public boolean isRewritten(String oid) {
    String name = sql.text("look up table " + oid, "SELECT ?::oid::regclass::text", oid);
    return sql.text("look at the rows of " + name, ALTERED.formatted(name), oid).equals("t");
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
