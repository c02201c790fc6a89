package dev.firn.source.catalog;

import dev.firn.contract.ReplicaIdentity;
import dev.firn.pipeline.QualifiedName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the catalog which tables are partitions of which. */
public final class PartitionCatalog {

  // By pg_inherits, since pg_partition_tree waits for locks on partitions. With the partition's
  // index that belongs to the table's REPLICA IDENTITY USING INDEX.
  private static final String LEAVES =
      """
      WITH RECURSIVE tree (oid) AS (
        SELECT oid FROM pg_class WHERE oid = ? AND relkind = 'p'
        UNION ALL SELECT inhrelid FROM pg_inherits JOIN tree ON inhparent = tree.oid),
      indexes (oid) AS (
        SELECT indexrelid FROM pg_index WHERE indrelid = ? AND indisreplident
        UNION ALL SELECT inhrelid FROM pg_inherits JOIN indexes ON inhparent = indexes.oid)
      SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident,
        ARRAY(
          SELECT a.attname::text FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[])
          WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
          AND array_position(i.indkey::int2[], a.attnum) < i.indnkeyatts
          AND CASE c.relreplident WHEN 'd' THEN i.indisprimary
                                  WHEN 'i' THEN i.indisreplident END) AS identity_columns,
        (SELECT quote_ident(x.relname) FROM indexes
         JOIN pg_index i ON i.indexrelid = indexes.oid JOIN pg_class x ON x.oid = i.indexrelid
         WHERE i.indrelid = c.oid) AS identity_index
      FROM tree
      JOIN pg_class c ON c.oid = tree.oid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind <> 'p'
      ORDER BY n.nspname, c.relname
      """;

  private static final String WITHOUT_LOG =
      """
      WITH RECURSIVE tree (root, oid) AS (
        SELECT oid, oid FROM pg_class WHERE oid = ANY (?::oid[]) AND relkind = 'p'
        UNION ALL SELECT root, inhrelid FROM pg_inherits JOIN tree ON inhparent = tree.oid)
      SELECT tree.root, n.nspname, c.relname
      FROM tree JOIN pg_class c ON c.oid = tree.oid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'f' OR (c.relkind = 'r' AND c.relpersistence <> 'p')
      ORDER BY n.nspname, c.relname
      """;

  private static final String ANCESTORS =
      """
      SELECT c.oid, n.nspname, c.relname FROM pg_partition_ancestors(?::oid::regclass) a
      JOIN pg_class c ON c.oid = a.relid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid <> ?
      """;

  private final SqlSession sql;

  public PartitionCatalog(SqlSession sql) {
    this.sql = sql;
  }

  /**
   * A table that holds rows of a partitioned table.
   *
   * @param kind {@code pg_class.relkind}: r an ordinary table, f a foreign one
   * @param persistence {@code pg_class.relpersistence}: p permanent, u unlogged
   * @param identityColumns that PostgreSQL logs of an old row; empty for FULL
   * @param identityIndex its part of the index that is the table's replica identity, quoted for SQL
   */
  public record Leaf(
      long oid,
      QualifiedName name,
      char kind,
      char persistence,
      ReplicaIdentity identity,
      Set<String> identityColumns,
      Optional<String> identityIndex) {

    public Leaf {
      identityColumns = Set.copyOf(identityColumns);
    }

    /** Whether the log has the table's key of an old row. */
    public boolean logsKey(List<String> key) {
      return logsAll() || (!key.isEmpty() && identityColumns.containsAll(key));
    }

    /** Whether the log has all of an old row. */
    public boolean logsAll() {
      return identity == ReplicaIdentity.FULL;
    }
  }

  /** All leaf partitions of a table, ordered by name; none if it is not partitioned. */
  public List<Leaf> leaves(long table) {
    return sql.list("look up partitions", LEAVES, PartitionCatalog::leaf, table, table);
  }

  /** The partitioned tables that a table belongs to, by OID. */
  public Map<Long, QualifiedName> ancestors(long table) {
    Map<Long, QualifiedName> ancestors = new LinkedHashMap<>();
    sql.list(
        "look up partitioned tables",
        ANCESTORS,
        row -> ancestors.put(row.getLong(1), name(row)),
        table,
        table);
    return ancestors;
  }

  /**
   * The partitions of these tables whose changes are not in the log: UNLOGGED ones and foreign
   * tables.
   *
   * @param tables by OID; those that are not partitioned have none
   */
  public Map<Long, List<QualifiedName>> withoutLog(Collection<Long> tables) {
    String oids = tables.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    Map<Long, List<QualifiedName>> found = new LinkedHashMap<>();
    sql.list(
        "look up partitions",
        WITHOUT_LOG,
        row -> found.computeIfAbsent(row.getLong(1), root -> new ArrayList<>()).add(name(row)),
        oids);
    return found;
  }

  private static QualifiedName name(ResultSet row) throws SQLException {
    return new QualifiedName(row.getString("nspname"), row.getString("relname"));
  }

  private static Leaf leaf(ResultSet row) throws SQLException {
    return new Leaf(
        row.getLong("oid"),
        name(row),
        row.getString("relkind").charAt(0),
        row.getString("relpersistence").charAt(0),
        ReplicaIdentity.ofCode(row.getString("relreplident").charAt(0)),
        Set.of((String[]) row.getArray("identity_columns").getArray()),
        Optional.ofNullable(row.getString("identity_index")));
  }
}
