package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The publication: that it is there, publishes every kind of change, and every table. */
final class PublicationChecks {

  private static final String DOING = "check the publication";

  private static final String MISSING_OPERATIONS =
      """
      SELECT concat_ws(', ', CASE WHEN NOT pubinsert THEN 'insert' END,
        CASE WHEN NOT pubupdate THEN 'update' END, CASE WHEN NOT pubdelete THEN 'delete' END,
        CASE WHEN NOT pubtruncate THEN 'truncate' END)
      FROM pg_publication WHERE pubname = ?
      """;

  private final SourceConfig config;
  private final Source source;

  PublicationChecks(PipelineConfig config, Source source) {
    this.config = config.source();
    this.source = source;
  }

  Set<QualifiedName> publishedTables() {
    return new HashSet<>(
        source
            .sql()
            .list(
                DOING,
                "SELECT schemaname, tablename FROM pg_publication_tables WHERE pubname = ?",
                row -> new QualifiedName(row.getString(1), row.getString(2)),
                config.publication()));
  }

  List<Finding> findings() {
    Optional<String> missing =
        source
            .sql()
            .first(DOING, MISSING_OPERATIONS, row -> row.getString(1), config.publication());
    if (missing.isEmpty()) {
      return List.of(
          Finding.problem(
              "Cannot capture: there is no such publication: " + config.publication(),
              "CREATE PUBLICATION %s FOR TABLE %s;".formatted(name(), tables(config.tables()))));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(operations(missing.get()));
    tables().ifPresent(findings::add);
    return findings;
  }

  private Finding operations(String missing) {
    return missing.isEmpty()
        ? Finding.ok("publication " + config.publication() + " publishes all operations")
        : Finding.problem(
            "Cannot capture from publication %s: it leaves out operations: %s"
                .formatted(config.publication(), missing),
            "ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate');"
                .formatted(name()));
  }

  private Optional<Finding> tables() {
    Set<QualifiedName> published = publishedTables();
    List<SourceTable> missing =
        config.tables().stream()
            .filter(table -> !published.contains(table.name()))
            .filter(this::isOrdinaryOrPublishable)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.problem(
                "Cannot capture from publication %s: it does not publish: %s"
                    .formatted(config.publication(), tables(missing)),
                "ALTER PUBLICATION %s ADD TABLE %s;".formatted(name(), tables(missing))));
  }

  // A partitioned table that is published as its partitions is told of with the tables.
  private boolean isOrdinaryOrPublishable(SourceTable table) {
    boolean asOne = new PartitionChecks(source, config.publication()).isPublishedAsOne();
    return source
        .catalog()
        .find(table.name())
        .filter(found -> found.kind() != 'p' || asOne)
        .isPresent();
  }

  private String name() {
    return SqlText.identifier(config.publication());
  }

  private static String tables(List<SourceTable> tables) {
    return tables.stream().map(table -> table.name().toString()).collect(Collectors.joining(", "));
  }
}
