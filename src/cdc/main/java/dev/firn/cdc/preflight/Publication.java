package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.QualifiedName;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A publication as the catalog shows it now.
 *
 * @param leftOut operations that it does not publish, as a list
 * @param listed OIDs of the tables that it lists explicitly
 * @param schemas of which it publishes all tables
 * @param sent the tables whose changes it sends, under the names it sends them under
 */
record Publication(
    String name,
    boolean allTables,
    boolean viaRoot,
    String leftOut,
    Set<Long> listed,
    Set<String> schemas,
    Set<QualifiedName> sent) {

  /** The option without which partitions are published under their own names. */
  static final String VIA_ROOT = "publish_via_partition_root = true";

  private static final String DOING = "check the publication";
  private static final int SCHEMAS_SINCE = 150000;

  private static final String HEADER =
      """
      SELECT puballtables, pubviaroot,
        concat_ws(', ', CASE WHEN NOT pubinsert THEN 'insert' END,
          CASE WHEN NOT pubupdate THEN 'update' END, CASE WHEN NOT pubdelete THEN 'delete' END,
          CASE WHEN NOT pubtruncate THEN 'truncate' END) AS left_out
      FROM pg_publication WHERE pubname = ?
      """;

  private static final String LISTED =
      "SELECT prrelid FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"
          + " WHERE pubname = ?";

  private static final String SCHEMAS =
      "SELECT nspname FROM pg_publication_namespace s JOIN pg_publication p ON p.oid = s.pnpubid"
          + " JOIN pg_namespace n ON n.oid = s.pnnspid WHERE pubname = ?";

  private static final String SENT =
      "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?";

  Publication {
    listed = Set.copyOf(listed);
    schemas = Set.copyOf(schemas);
    sent = Set.copyOf(sent);
  }

  static Optional<Publication> read(Source source, String name) {
    return source
        .sql()
        .first(DOING, HEADER, row -> header(row, name), name)
        .map(p -> p.filled(source));
  }

  private static Publication header(ResultSet row, String name) throws SQLException {
    return new Publication(
        name,
        row.getBoolean("puballtables"),
        row.getBoolean("pubviaroot"),
        row.getString("left_out"),
        Set.of(),
        Set.of(),
        Set.of());
  }

  private Publication filled(Source source) {
    List<String> ofSchemas =
        source.version() < SCHEMAS_SINCE
            ? List.of()
            : source.sql().list(DOING, SCHEMAS, row -> row.getString(1), name);
    return new Publication(
        name,
        allTables,
        viaRoot,
        leftOut,
        new HashSet<>(source.sql().list(DOING, LISTED, row -> row.getLong(1), name)),
        new HashSet<>(ofSchemas),
        new HashSet<>(
            source
                .sql()
                .list(
                    DOING,
                    SENT,
                    row -> new QualifiedName(row.getString(1), row.getString(2)),
                    name)));
  }

  /** Whether PostgreSQL accepts the table in a publication. */
  static boolean canTake(CatalogTable table) {
    return table.isTable() && table.persistence() == 'p';
  }

  /** Whether it sends the table's changes, even if only under the names of its partitions. */
  boolean contains(QualifiedName table, CatalogTable found) {
    boolean listedItself =
        allTables || listed.contains(found.oid()) || schemas.contains(table.schema());
    return sent.contains(table) || (found.isPartitioned() && listedItself);
  }

  String sqlName() {
    return SqlText.identifier(name);
  }
}
