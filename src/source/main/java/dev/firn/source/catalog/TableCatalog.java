package dev.firn.source.catalog;

import dev.firn.contract.ReplicaIdentity;
import dev.firn.pipeline.QualifiedName;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads tables from the catalog. */
public final class TableCatalog {

  private static final String TABLE =
      """
      SELECT c.oid, c.relkind, c.relpersistence, c.relreplident
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      """;

  private static final String BY_NAME = TABLE + "WHERE n.nspname = ? AND c.relname = ?";
  private static final String BY_OID = TABLE + "WHERE c.oid = ?";

  private static final String COLUMNS =
      """
      SELECT attname, atttypid, atttypmod, NOT attnotnull AS nullable, attgenerated <> '' AS generated
      FROM pg_attribute WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """;

  // A deferrable index cannot be a replica identity; INCLUDE columns are not in the key.
  private static final String INDEX_COLUMNS =
      """
      SELECT a.attname
      FROM pg_index i
      CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE i.indrelid = ? AND i.indimmediate AND i.indisvalid AND k.place <= i.indnkeyatts AND %s
      ORDER BY k.place
      """;

  private final SqlSession sql;

  public TableCatalog(SqlSession sql) {
    this.sql = sql;
  }

  public Optional<CatalogTable> find(QualifiedName name) {
    return sql.first(
            "look up table " + name, BY_NAME, TableCatalog::header, name.schema(), name.table())
        .map(header -> table(name.toString(), header));
  }

  /** Finds the table whatever its current name. */
  public Optional<CatalogTable> find(long oid) {
    return sql.first("look up table " + oid, BY_OID, TableCatalog::header, oid)
        .map(header -> table(String.valueOf(oid), header));
  }

  private CatalogTable table(String name, Header header) {
    String doing = "look up columns of " + name;
    return new CatalogTable(
        header.oid(),
        header.kind(),
        header.persistence(),
        header.identity(),
        sql.list(doing, COLUMNS, TableCatalog::column, header.oid()),
        indexColumns(doing, "i.indisprimary", header.oid()),
        indexColumns(doing, "i.indisreplident", header.oid()),
        List.of());
  }

  private List<String> indexColumns(String doing, String condition, long oid) {
    return sql.list(doing, INDEX_COLUMNS.formatted(condition), row -> row.getString(1), oid);
  }

  private static CatalogColumn column(ResultSet row) throws SQLException {
    return new CatalogColumn(
        row.getString("attname"),
        row.getLong("atttypid"),
        row.getInt("atttypmod"),
        row.getBoolean("nullable"),
        row.getBoolean("generated"));
  }

  private static Header header(ResultSet row) throws SQLException {
    return new Header(
        row.getLong("oid"),
        row.getString("relkind").charAt(0),
        row.getString("relpersistence").charAt(0),
        ReplicaIdentity.ofCode(row.getString("relreplident").charAt(0)));
  }

  private record Header(long oid, char kind, char persistence, ReplicaIdentity identity) {}
}
