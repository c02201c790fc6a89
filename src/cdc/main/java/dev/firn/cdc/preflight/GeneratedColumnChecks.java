package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Generated columns, which PostgreSQL sends since version 18, and only if the publication says to.
 */
final class GeneratedColumnChecks {

  private static final int SENT_SINCE = 180000;
  private static final String IN_A_VIEW = "Compute them in a view on the lake.";

  // A column list in the publication overrides the option; there is none before PostgreSQL 15.
  private static final String GENERATED =
      """
      SELECT attname, attgenerated = 's' AND NOT EXISTS (
          SELECT FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
          WHERE p.pubname = ? AND r.prrelid = a.attrelid
          AND to_jsonb(r) ->> 'prattrs' IS NOT NULL) AS by_option
      FROM pg_attribute a
      WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped AND attgenerated <> ''
      ORDER BY attnum
      """;

  private final Source source;
  private final Optional<Publication> publication;

  GeneratedColumnChecks(Source source, Optional<Publication> publication) {
    this.source = source;
    this.publication = publication;
  }

  /** A generated column, and whether an option of the publication would send it. */
  private record Generated(String name, boolean byOption) {}

  /**
   * @param sent the columns that the publication sends
   * @param excluded columns that are not wanted
   */
  Optional<Finding> finding(
      SourceTable table, CatalogTable found, List<String> sent, Set<String> excluded) {
    List<Generated> missing =
        source
            .sql()
            .list(
                "look up generated columns of " + table.name(),
                GENERATED,
                row -> new Generated(row.getString(1), row.getBoolean(2)),
                publication.map(Publication::name).orElse(""),
                found.oid())
            .stream()
            .filter(column -> !excluded.contains(column.name()) && !sent.contains(column.name()))
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String sentence =
        "generated columns of %s do not reach the lake: the publication does not send them: %s"
            .formatted(
                table.name(), String.join(", ", missing.stream().map(Generated::name).toList()));
    boolean option =
        source.version() >= SENT_SINCE
            && publication.isPresent()
            && missing.stream().anyMatch(Generated::byOption);
    return Optional.of(
        option
            ? Finding.warning(
                    sentence, "PostgreSQL sends only stored ones. For the others: " + IN_A_VIEW)
                .with(
                    SqlRemedy.of(
                        Purpose.GENERATED_COLUMNS,
                        "ALTER PUBLICATION %s SET (publish_generated_columns = stored);"
                            .formatted(publication.get().sqlName())))
            : Finding.warning(sentence, IN_A_VIEW));
  }
}
