package dev.firn.cdc.preflight;

import dev.firn.cdc.source.CatalogTable;
import dev.firn.cdc.source.CatalogTable.CatalogColumn;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.SqlText;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each table of the configuration. */
final class TableChecks {

  /** How the columns begin that the lake has for itself. */
  private static final List<String> RESERVED =
      List.of("_epoch", "_lsn", "_seq", "_committed_at", "_unchanged");

  private final PipelineConfig config;
  private final Source source;
  private final Set<QualifiedName> published;

  TableChecks(PipelineConfig config, Source source, Set<QualifiedName> published) {
    this.config = config;
    this.source = source;
    this.published = published;
  }

  List<Finding> findings() {
    return config.source().tables().stream().flatMap(table -> check(table).stream()).toList();
  }

  private List<Finding> check(SourceTable table) {
    Optional<CatalogTable> found = source.catalog().find(table.name());
    if (found.isEmpty()) {
      return List.of(
          Finding.problem(
              "Cannot capture table: there is no such table: " + table.name(),
              "Create it, or mend its name in source.tables (case counts inside quotes)."));
    }
    Optional<Finding> kind = kind(table, found.get());
    if (kind.isPresent()) {
      return List.of(kind.get());
    }
    List<Finding> problems = new ArrayList<>();
    privilege(table, found.get()).ifPresent(problems::add);
    identity(table, found.get()).ifPresent(problems::add);
    names(table, found.get()).ifPresent(problems::add);
    excluded(table, found.get()).ifPresent(problems::add);
    return problems.isEmpty()
        ? List.of(Finding.ok("table %s, key %s".formatted(table.name(), found.get().key())))
        : problems;
  }

  private static Optional<Finding> kind(SourceTable table, CatalogTable found) {
    if (found.kind() != 'r') {
      String remedy =
          found.kind() == 'p'
              ? "List its partitions in source.tables."
              : "Take it out of source.tables.";
      return problem(table, "it is not an ordinary table: relkind " + found.kind(), remedy);
    }
    if (found.persistence() != 'p') {
      return problem(
          table,
          "its changes are not logged: relpersistence " + found.persistence(),
          "ALTER TABLE " + table.name() + " SET LOGGED;");
    }
    return Optional.empty();
  }

  private Optional<Finding> privilege(SourceTable table, CatalogTable found) {
    String allowed =
        source
            .sql()
            .text(
                "check privileges on " + table.name(),
                "SELECT has_schema_privilege(?::text, 'USAGE')"
                    + " AND has_table_privilege(?::oid, 'SELECT')",
                SqlText.identifier(table.name().schema()),
                found.oid());
    String role = SqlText.identifier(config.source().user());
    return allowed.equals("t")
        ? Optional.empty()
        : problem(
            table,
            "the role may not read it: " + config.source().user(),
            "GRANT USAGE ON SCHEMA %s TO %s; GRANT SELECT ON %s TO %s;"
                .formatted(SqlText.identifier(table.name().schema()), role, table.name(), role));
  }

  // Not a matter of capture alone: PostgreSQL refuses the application's own UPDATE and DELETE.
  private Optional<Finding> identity(SourceTable table, CatalogTable found) {
    if (found.hasUsableIdentity()) {
      return Optional.empty();
    }
    String consequence =
        published.contains(table.name())
            ? "the application's UPDATE and DELETE on it fail"
            : "once published, the application's UPDATE and DELETE on it would fail";
    return problem(
        table,
        "it has no replica identity, so " + consequence + ": " + found.identity(),
        "ALTER TABLE " + table.name() + " REPLICA IDENTITY FULL; or give it a primary key.");
  }

  private Optional<Finding> names(SourceTable table, CatalogTable found) {
    List<String> reserved =
        found.columns().stream()
            .map(CatalogColumn::name)
            .filter(name -> RESERVED.stream().anyMatch(name::startsWith))
            .filter(name -> !excluded(table).contains(name))
            .toList();
    return reserved.isEmpty()
        ? Optional.empty()
        : problem(
            table,
            "the lake has columns of such names for itself: " + String.join(", ", reserved),
            "Rename them, or leave them out: tables: { %s: { exclude: [%s] } }."
                .formatted(table.token(), String.join(", ", reserved)));
  }

  private Optional<Finding> excluded(SourceTable table, CatalogTable found) {
    List<String> key = found.key().stream().filter(excluded(table)::contains).toList();
    return key.isEmpty()
        ? Optional.empty()
        : problem(
            table,
            "excluded columns are in its key: " + String.join(", ", key),
            "Take them out of tables.%s.exclude.".formatted(table.token()));
  }

  private Set<String> excluded(SourceTable table) {
    return config.table(table.token().value()).exclude();
  }

  private static Optional<Finding> problem(SourceTable table, String why, String remedy) {
    return Optional.of(
        Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), remedy));
  }
}
