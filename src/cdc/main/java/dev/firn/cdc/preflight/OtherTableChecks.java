package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables that the publication has and the configuration has not: sent for nothing, or worse. */
final class OtherTableChecks {

  private static final int NAMED_AT_MOST = 10;

  private final SourceConfig config;
  private final Source source;
  private final Set<QualifiedName> published;

  OtherTableChecks(SourceConfig config, Source source, Set<QualifiedName> published) {
    this.config = config;
    this.source = source;
    this.published = published;
  }

  List<Finding> findings() {
    Set<QualifiedName> configured =
        config.tables().stream().map(SourceTable::name).collect(Collectors.toSet());
    List<QualifiedName> others =
        published.stream()
            .filter(name -> !configured.contains(name) && !name.schema().equals("firn"))
            .sorted((a, b) -> a.toString().compareTo(b.toString()))
            .toList();
    if (others.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(List.of(unused(others)));
    others.stream().map(this::identity).flatMap(Optional::stream).forEach(findings::add);
    return findings;
  }

  private Finding unused(List<QualifiedName> others) {
    String publication = SqlText.identifier(config.publication());
    return Finding.warning(
        "publication %s sends changes of tables that are not captured: %s"
            .formatted(config.publication(), shortened(others)),
        "ALTER PUBLICATION %s DROP TABLE %s; or, of one FOR ALL TABLES, make it anew with a list."
            .formatted(publication, shortened(others)));
  }

  private Optional<Finding> identity(QualifiedName name) {
    return source
        .catalog()
        .find(name)
        .filter(table -> !table.hasUsableIdentity())
        .map(table -> broken(name, table));
  }

  private static Finding broken(QualifiedName name, CatalogTable table) {
    return Finding.warning(
        "the application's UPDATE and DELETE on %s fail: it is published and has no replica"
                .formatted(name)
            + " identity: "
            + table.identity(),
        "ALTER TABLE %s REPLICA IDENTITY FULL; or take it out of the publication.".formatted(name));
  }

  private static String shortened(List<QualifiedName> names) {
    String list =
        names.stream()
            .limit(NAMED_AT_MOST)
            .map(QualifiedName::toString)
            .collect(Collectors.joining(", "));
    return names.size() > NAMED_AT_MOST ? list + ", …" : list;
  }
}
