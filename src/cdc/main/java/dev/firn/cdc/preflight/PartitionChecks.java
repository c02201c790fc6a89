package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * A partitioned table is captured as one: its publication has to say so, and its partitions have to
 * log what it promises.
 */
final class PartitionChecks {

  private static final String OTHERS =
      """
      SELECT c.oid::regclass::text FROM pg_partition_tree(?::oid::regclass) t
      JOIN pg_class c ON c.oid = t.relid JOIN pg_class root ON root.oid = ?
      WHERE t.isleaf AND (c.relreplident <> root.relreplident OR c.relkind <> 'r')
      ORDER BY 1
      """;

  private final Source source;
  private final String publication;

  PartitionChecks(Source source, String publication) {
    this.source = source;
    this.publication = publication;
  }

  /** The first problem, if there is one. */
  Optional<Finding> check(SourceTable table, CatalogTable found) {
    if (!isPublishedAsOne()) {
      return Optional.of(
          Finding.problem(
              "Cannot capture table %s: its changes are published as its partitions': %s"
                  .formatted(table.name(), publication),
              "ALTER PUBLICATION %s SET (publish_via_partition_root = true);"
                  .formatted(SqlText.identifier(publication))));
    }
    List<String> others =
        source
            .sql()
            .list(
                "look up the partitions of " + table.name(),
                OTHERS,
                row -> row.getString(1),
                found.oid(),
                found.oid());
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.problem(
                "Cannot capture table %s: partitions are foreign tables or have another replica"
                        .formatted(table.name())
                    + " identity than it has: "
                    + String.join(", ", others),
                "Give each of them the one of the table: ALTER TABLE … REPLICA IDENTITY …;"));
  }

  /** What PostgreSQL never sends of such a table. */
  Finding unpublished(SourceTable table) {
    return Finding.warning(
        "TRUNCATE, ATTACH, DETACH and DROP of single partitions of %s reach the lake not at all"
            .formatted(table.name()),
        "DELETE the rows before, or run 'firn capture --resnapshot' behind it.");
  }

  boolean isPublishedAsOne() {
    return source
        .sql()
        .first(
            "look up the publication",
            "SELECT pubviaroot FROM pg_publication WHERE pubname = ?",
            row -> row.getBoolean(1),
            publication)
        .orElse(false);
  }
}
