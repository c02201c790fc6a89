package dev.firn.etl.verify;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.etl.schema.LakeTypes;
import dev.firn.etl.source.SourceErrors;
import dev.firn.pipeline.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads from PostgreSQL's catalog what is published of a table. */
final class SourceCatalog {

  private static final int COLUMN_LISTS_SINCE = 15;

  private static final String TABLE =
      """
      SELECT c.oid, c.relkind = 'p' AS partitioned
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
      """;

  private static final String COLUMNS =
      """
      SELECT attname, atttypid, attgenerated <> '' AS generated
      FROM pg_attribute WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped
      """;

  private static final String KEY =
      """
      SELECT a.attname
      FROM pg_class c
      JOIN pg_index i ON i.indrelid = c.oid
      CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
      WHERE c.oid = ? AND i.indisvalid AND k.place <= i.indnkeyatts
        AND CASE WHEN c.relreplident = 'i' THEN i.indisreplident ELSE i.indisprimary END
      """;

  private static final String PUBLISHED =
      "SELECT %s FROM pg_publication_tables WHERE pubname = ? AND schemaname = ? AND tablename = ?";

  private final Connection connection;
  private final String publication;
  private final SourceTypes types;

  SourceCatalog(Connection connection, String publication) {
    this.connection = connection;
    this.publication = publication;
    this.types = new SourceTypes(connection);
  }

  /**
   * @param exclude columns that are not carried
   */
  SourceShape shape(QualifiedName name, Set<String> exclude) {
    try {
      return read(name, exclude);
    } catch (SQLException e) {
      throw SourceErrors.working("look up table " + name, e);
    }
  }

  private SourceShape read(QualifiedName name, Set<String> exclude) throws SQLException {
    Table table = table(name);
    Published published = published(name);
    List<SourceColumn> columns =
        columns(table.oid(), published.columns()).stream()
            .filter(column -> !exclude.contains(column.name()))
            .toList();
    return new SourceShape(
        name, columns, key(table.oid()), published.condition(), table.partitioned());
  }

  private Table table(QualifiedName name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, name.schema());
      statement.setString(2, name.table());
      ResultSet row = statement.executeQuery();
      if (row.next()) {
        return new Table(row.getLong("oid"), row.getBoolean("partitioned"));
      }
    }
    throw new OperatorException(
        "Cannot verify table: the source has none of this name: " + name,
        "Take it out of source.tables, or mend its name there.");
  }

  private Published published(QualifiedName name) throws SQLException {
    boolean lists = connection.getMetaData().getDatabaseMajorVersion() >= COLUMN_LISTS_SINCE;
    String sql = PUBLISHED.formatted(lists ? "attnames::text[], rowfilter" : "NULL, NULL");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, publication);
      statement.setString(2, name.schema());
      statement.setString(3, name.table());
      ResultSet row = statement.executeQuery();
      if (row.next()) {
        String condition = row.getString(2);
        Optional<Set<String>> columns =
            lists ? Optional.of(Set.of((String[]) row.getArray(1).getArray())) : Optional.empty();
        return new Published(columns, condition == null ? "" : condition);
      }
    }
    throw new OperatorException(
        "Cannot verify %s: it is not in the publication: %s".formatted(name, publication),
        "ALTER PUBLICATION %s ADD TABLE %s, then capture it."
            .formatted(QualifiedName.quote(publication), name));
  }

  private List<SourceColumn> columns(long oid, Optional<Set<String>> published)
      throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, oid);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        String name = row.getString("attname");
        boolean sent =
            published.map(names -> names.contains(name)).orElse(!row.getBoolean("generated"));
        if (sent) {
          columns.add(column(name, types.name(row.getLong("atttypid"))));
        }
      }
    }
    columns.sort(Comparator.comparing(SourceColumn::name));
    return columns;
  }

  // Modifiers have no say in the text of a value.
  private static SourceColumn column(String name, String type) {
    Column column = new Column(name, type, List.of(), true, 0);
    return new SourceColumn(name, type, ValueText.of(LakeTypes.of(column)));
  }

  private List<String> key(long oid) throws SQLException {
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(KEY)) {
      statement.setLong(1, oid);
      ResultSet row = statement.executeQuery();
      while (row.next()) {
        key.add(row.getString(1));
      }
    }
    return key;
  }

  private record Table(long oid, boolean partitioned) {}

  /** Without a list of columns all are sent that are not generated. */
  private record Published(Optional<Set<String>> columns, String condition) {}
}
