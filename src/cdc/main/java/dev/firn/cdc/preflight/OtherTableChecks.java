package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tables that are published but not configured: sending them is a waste, or harms the application.
 */
final class OtherTableChecks {

  private static final String DOING = "check the tables of the publication";
  private static final int NAMED_AT_MOST = 10;

  private static final String SENT =
      """
      FROM pg_publication_tables t
      JOIN pg_namespace n ON n.nspname = t.schemaname
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
      """;

  // Each table with itself and the partitioned tables that it belongs to.
  private static final String LINES =
      """
      SELECT t.schemaname, t.tablename, m.oid, mn.nspname, m.relname
      %s
      JOIN LATERAL (SELECT c.oid UNION SELECT relid FROM pg_partition_ancestors(c.oid)) line (oid)
        ON true
      JOIN pg_class m ON m.oid = line.oid
      JOIN pg_namespace mn ON mn.oid = m.relnamespace
      WHERE t.pubname = ? AND t.schemaname <> 'firn'
      """
          .formatted(SENT);

  private static final String WITHOUT_IDENTITY =
      """
      SELECT t.schemaname, t.tablename, leaf.oid, ln.nspname, leaf.relname
      %s
      JOIN LATERAL (
        WITH RECURSIVE tree (oid) AS (
          SELECT c.oid UNION ALL SELECT i.inhrelid FROM pg_inherits i
          JOIN tree ON i.inhparent = tree.oid JOIN pg_class p ON p.oid = tree.oid
          WHERE p.relkind = 'p')
        SELECT oid FROM tree) holder ON true
      JOIN pg_class leaf ON leaf.oid = holder.oid
      JOIN pg_namespace ln ON ln.oid = leaf.relnamespace
      WHERE t.pubname = ? AND t.schemaname <> 'firn'
        AND leaf.relkind = 'r' AND leaf.relreplident <> 'f' AND NOT EXISTS (
          SELECT FROM pg_index i WHERE i.indrelid = leaf.oid AND i.indisvalid AND i.indimmediate
          AND CASE leaf.relreplident WHEN 'd' THEN i.indisprimary
                                     WHEN 'i' THEN i.indisreplident END)
      """
          .formatted(SENT);

  private final Source source;
  private final Publication publication;
  private final Set<QualifiedName> configured;

  OtherTableChecks(SourceConfig config, Source source, Publication publication) {
    this.source = source;
    this.publication = publication;
    this.configured = config.tables().stream().map(SourceTable::name).collect(Collectors.toSet());
  }

  /** A published table, and a table that it belongs to or that belongs to it. */
  private record Related(QualifiedName sent, long oid, QualifiedName name) {

    static Related read(ResultSet row) throws SQLException {
      return new Related(
          new QualifiedName(row.getString(1), row.getString(2)),
          row.getLong(3),
          new QualifiedName(row.getString(4), row.getString(5)));
    }
  }

  List<Finding> findings() {
    Map<String, List<Related>> others =
        related(LINES).stream()
            .collect(
                Collectors.groupingBy(
                    table -> table.sent().toString(), TreeMap::new, Collectors.toList()));
    others
        .values()
        .removeIf(line -> line.stream().map(Related::name).anyMatch(configured::contains));
    if (others.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(List.of(unused(others)));
    identity(others.keySet()).ifPresent(findings::add);
    return findings;
  }

  private List<Related> related(String query) {
    return source.sql().list(DOING, query, Related::read, publication.name());
  }

  private Finding unused(Map<String, List<Related>> others) {
    Set<String> listed =
        others.values().stream()
            .flatMap(List::stream)
            .filter(table -> publication.listed().contains(table.oid()))
            .map(table -> table.name().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    String sentence =
        "publication %s sends changes of tables that are not captured: %s"
            .formatted(publication.name(), shortened(others.keySet()));
    return listed.isEmpty()
        ? Finding.warning(sentence, "Capture ignores them, but sending them costs the source time.")
        : Finding.warning(sentence, "")
            .with(
                SqlRemedy.of(
                    Purpose.OTHER_TABLES,
                    "ALTER PUBLICATION %s DROP TABLE %s;"
                        .formatted(publication.sqlName(), String.join(", ", listed))));
  }

  private Optional<Finding> identity(Set<String> others) {
    Set<String> broken =
        related(WITHOUT_IDENTITY).stream()
            .filter(table -> others.contains(table.sent().toString()))
            .map(table -> table.name().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                    "the application's UPDATE and DELETE fail on published tables without a replica"
                        + " identity: "
                        + shortened(broken),
                    "Or remove them from the publication.")
                .with(
                    new SqlRemedy(
                        Purpose.IDENTITY,
                        broken.stream()
                            .map("ALTER TABLE %s REPLICA IDENTITY FULL;"::formatted)
                            .toList())));
  }

  private static String shortened(Collection<String> names) {
    String list = names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
    return names.size() > NAMED_AT_MOST ? list + ", …" : list;
  }
}
