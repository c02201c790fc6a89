package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.Mask;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.Secrets;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each table of the configuration. */
final class TableChecks {

  private final PipelineConfig config;
  private final Source source;
  private final Set<QualifiedName> published;
  private final PartitionChecks partitions;
  private final ShapeChecks shapes;

  /**
   * @param again tables that are to be copied again, as if they had never been captured
   */
  TableChecks(
      PipelineConfig config,
      Source source,
      Set<QualifiedName> published,
      Set<QualifiedName> again) {
    this.config = config;
    this.source = source;
    this.published = published;
    this.partitions = new PartitionChecks(source, config.source().publication());
    this.shapes = new ShapeChecks(config, source, again);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    config.source().tables().forEach(table -> findings.addAll(check(table)));
    findings.addAll(shapes.sharedNames());
    maskKey().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> maskKey() {
    boolean hashes =
        config.source().tables().stream()
            .flatMap(table -> config.table(table.token().value()).masks().values().stream())
            .anyMatch(Mask.Sha256.class::isInstance);
    try {
      return hashes && Secrets.resolve(config.source().maskKey()).isEmpty()
          ? Optional.of(
              Finding.problem(
                  "Cannot hash masked values: the key is empty",
                  "Set source.mask_key, or what it names."))
          : Optional.empty();
    } catch (OperatorException e) {
      return Optional.of(Finding.problem(e.getMessage(), ""));
    }
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
    policies(table, found.get()).ifPresent(problems::add);
    List<String> sent = source.publishedColumns(table.name(), found.get());
    problems.addAll(new ColumnChecks(config, table, found.get(), sent).findings());
    if (problems.stream().noneMatch(Finding::isProblem)) {
      problems.addAll(shapes.findings(table, found.get(), sent));
    }
    if (found.get().kind() == 'p') {
      problems.add(partitions.unpublished(table));
    }
    if (problems.stream().noneMatch(Finding::isProblem)) {
      problems.add(0, ready(table, found.get()));
    }
    return problems;
  }

  private static Finding ready(SourceTable table, CatalogTable found) {
    return Finding.ok(
        found.key().isEmpty()
            ? "table %s has no key: it is kept as a change log".formatted(table.name())
            : "table %s, key %s".formatted(table.name(), found.key()));
  }

  private Optional<Finding> kind(SourceTable table, CatalogTable found) {
    if (found.kind() == 'p') {
      return partitions.check(table, found);
    }
    if (found.kind() != 'r') {
      return problem(
          table,
          "it is not an ordinary table: relkind " + found.kind(),
          "Take it out of source.tables.");
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

  // A policy would hide rows from the snapshot, never from the log.
  private Optional<Finding> policies(SourceTable table, CatalogTable found) {
    String active =
        source
            .sql()
            .text(
                "check policies on " + table.name(),
                "SELECT row_security_active(?::oid)",
                found.oid());
    return active.equals("f")
        ? Optional.empty()
        : problem(
            table,
            "row level security would hide rows from the role: " + config.source().user(),
            "ALTER ROLE %s BYPASSRLS;".formatted(SqlText.identifier(config.source().user())));
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

  private static Optional<Finding> problem(SourceTable table, String why, String remedy) {
    return Optional.of(
        Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), remedy));
  }
}
