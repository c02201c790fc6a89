package dev.firn.source.catalog;

import dev.firn.pipeline.QualifiedName;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The columns and rows that a publication sends of each table: since PostgreSQL 15 it may be only
 * some of them. The snapshot must read the same.
 */
public final class PublishedTables {

  private static final int COLUMN_LISTS_SINCE = 150000;
  private static final int GENERATED_COLUMNS_SINCE = 180000;

  private static final String PUBLISHED =
      """
      SELECT %s FROM pg_publication_tables
      WHERE pubname = ? AND schemaname = ? AND tablename = ?
      """;

  private final SqlSession sql;
  private final String publication;

  public PublishedTables(SqlSession sql, String publication) {
    this.sql = sql;
    this.publication = publication;
  }

  /** The names of the columns and the SQL condition on the rows; an empty condition is true. */
  public record Extent(List<String> columns, String condition) {

    public Extent {
      columns = List.copyOf(columns);
    }

    private Extent within(List<String> others) {
      return new Extent(columns.stream().filter(others::contains).toList(), condition);
    }
  }

  public Extent extent(QualifiedName name, CatalogTable table) {
    return find(name, table)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot copy %s: it is not in the publication: %s"
                        .formatted(name, publication)));
  }

  /** Empty for a table that is not published. */
  public Optional<Extent> find(QualifiedName name, CatalogTable table) {
    int version = sql.version();
    List<String> stored =
        table.columns().stream()
            .filter(column -> !column.generated())
            .map(CatalogColumn::name)
            .toList();
    if (version < COLUMN_LISTS_SINCE) {
      return look(name, "1", row -> new Extent(stored, ""));
    }
    Optional<Extent> extent = look(name, "attnames::text[], rowfilter", PublishedTables::read);
    // PostgreSQL 15 lists generated columns here too, but does not send them.
    return version < GENERATED_COLUMNS_SINCE ? extent.map(e -> e.within(stored)) : extent;
  }

  private Optional<Extent> look(
      QualifiedName name, String columns, SqlSession.RowReader<Extent> reader) {
    return sql.first(
        "look up what is published of " + name,
        PUBLISHED.replace("%s", columns),
        reader,
        publication,
        name.schema(),
        name.table());
  }

  private static Extent read(ResultSet row) throws SQLException {
    Array names = row.getArray(1);
    // For a table without columns, or with none that can be sent, the list is NULL.
    List<String> columns = names == null ? List.of() : List.of((String[]) names.getArray());
    String condition = row.getString(2);
    return new Extent(columns, condition == null ? "" : condition);
  }
}
