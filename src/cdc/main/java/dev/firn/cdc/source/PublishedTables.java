package dev.firn.cdc.source;

import dev.firn.cdc.source.CatalogTable.CatalogColumn;
import dev.firn.pipeline.QualifiedName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a publication sends of each table: since PostgreSQL 15 it may be some columns and some rows
 * only. The snapshot has to read the same.
 */
final class PublishedTables {

  private static final int COLUMN_LISTS_SINCE = 150000;
  private static final int GENERATED_COLUMNS_SINCE = 180000;

  private static final String PUBLISHED =
      """
      SELECT attnames::text[], rowfilter FROM pg_publication_tables
      WHERE pubname = ? AND schemaname = ? AND tablename = ?
      """;

  private final SqlSession sql;
  private final String publication;

  PublishedTables(SqlSession sql, String publication) {
    this.sql = sql;
    this.publication = publication;
  }

  /** The names of the columns and the SQL condition on the rows; an empty condition is true. */
  record Extent(List<String> columns, String condition) {

    Extent {
      columns = List.copyOf(columns);
    }

    private Extent within(List<String> others) {
      return new Extent(columns.stream().filter(others::contains).toList(), condition);
    }
  }

  Extent extent(QualifiedName name, CatalogTable table) {
    return find(name, table)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot copy %s: it is not in the publication: %s"
                        .formatted(name, publication)));
  }

  /** Empty for a table that is not published; before PostgreSQL 15 nobody looks. */
  Optional<Extent> find(QualifiedName name, CatalogTable table) {
    int version =
        Integer.parseInt(sql.text("read the server's version", "SHOW server_version_num"));
    List<String> stored =
        table.columns().stream()
            .filter(column -> !column.generated())
            .map(CatalogColumn::name)
            .toList();
    if (version < COLUMN_LISTS_SINCE) {
      return Optional.of(new Extent(stored, ""));
    }
    Optional<Extent> extent =
        sql.first(
            "look up what is published of " + name,
            PUBLISHED,
            PublishedTables::read,
            publication,
            name.schema(),
            name.table());
    // PostgreSQL 15 lists generated columns here too, and does not send them.
    return version < GENERATED_COLUMNS_SINCE ? extent.map(e -> e.within(stored)) : extent;
  }

  private static Extent read(ResultSet row) throws SQLException {
    Array names = row.getArray(1);
    String condition = row.getString(2);
    return new Extent(List.of((String[]) names.getArray()), condition == null ? "" : condition);
  }
}
