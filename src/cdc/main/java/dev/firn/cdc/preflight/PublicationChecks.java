package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The publication: that it exists, publishes every kind of change, and every table. */
final class PublicationChecks {

  private final SourceConfig config;
  private final Source source;
  private final Optional<Publication> publication;

  PublicationChecks(SourceConfig config, Source source, Optional<Publication> publication) {
    this.config = config;
    this.source = source;
    this.publication = publication;
  }

  List<Finding> findings() {
    if (publication.isEmpty()) {
      return List.of(missing());
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(operations(publication.get()));
    tables(publication.get()).ifPresent(findings::add);
    return findings;
  }

  private Finding missing() {
    String sentence = "Cannot capture: the publication does not exist: " + config.publication();
    Map<QualifiedName, CatalogTable> tables = publishable();
    return tables.isEmpty()
        ? Finding.problem(sentence, "First create the tables that source.tables lists.")
        : Finding.problem(sentence, "")
            .with(
                SqlRemedy.of(
                    Purpose.PUBLICATION,
                    "CREATE PUBLICATION %s FOR TABLE %s WITH (%s);"
                        .formatted(
                            SqlText.identifier(config.publication()),
                            names(tables),
                            Publication.VIA_ROOT)));
  }

  private static Finding operations(Publication publication) {
    return publication.leftOut().isEmpty()
        ? Finding.ok("publication " + publication.name() + " publishes all operations")
        : Finding.problem(
                "Cannot capture from publication %s: it does not publish these operations: %s"
                    .formatted(publication.name(), publication.leftOut()),
                "")
            .with(
                SqlRemedy.of(
                    Purpose.OPERATIONS,
                    "ALTER PUBLICATION %s SET (publish = 'insert, update, delete, truncate');"
                        .formatted(publication.sqlName())));
  }

  private Optional<Finding> tables(Publication publication) {
    Map<QualifiedName, CatalogTable> missing = publishable();
    missing.entrySet().removeIf(table -> publication.contains(table.getKey(), table.getValue()));
    missing.entrySet().removeIf(table -> isSentAsItsRoot(publication, table.getValue()));
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    List<String> statements = new ArrayList<>();
    statements.add(
        "ALTER PUBLICATION %s ADD TABLE %s;".formatted(publication.sqlName(), names(missing)));
    if (!publication.viaRoot() && missing.values().stream().anyMatch(CatalogTable::isPartitioned)) {
      statements.add(PartitionChecks.publishAsOne(publication));
    }
    return Optional.of(
        Finding.problem(
                "Cannot capture from publication %s: it does not publish these tables: %s"
                    .formatted(publication.name(), names(missing)),
                "")
            .with(new SqlRemedy(Purpose.PUBLISHED_TABLES, statements)));
  }

  // The checks of the table report it.
  private boolean isSentAsItsRoot(Publication publication, CatalogTable found) {
    return source.partitions().ancestors(found.oid()).values().stream()
        .anyMatch(publication.sent()::contains);
  }

  // No publication accepts the others: the checks of the table report them.
  private Map<QualifiedName, CatalogTable> publishable() {
    Map<QualifiedName, CatalogTable> tables = new LinkedHashMap<>();
    for (SourceTable table : config.tables()) {
      source
          .catalog()
          .find(table.name())
          .filter(Publication::canTake)
          .ifPresent(found -> tables.put(table.name(), found));
    }
    return tables;
  }

  private static String names(Map<QualifiedName, CatalogTable> tables) {
    return tables.keySet().stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
  }
}
