package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.Mask;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.Secrets;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import dev.firn.source.catalog.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each table of the configuration. */
final class TableChecks {

  private final PipelineConfig config;
  private final Source source;
  private final Optional<Publication> publication;
  private final PartitionChecks partitions;
  private final ShapeChecks shapes;
  private final KeyChecks keys;

  /**
   * @param again tables to copy again, as if they had never been captured
   */
  TableChecks(
      PipelineConfig config,
      Source source,
      Optional<Publication> publication,
      Set<QualifiedName> again) {
    this.config = config;
    this.source = source;
    this.publication = publication;
    CapturedTables captured = new CapturedTables(source, again);
    this.partitions = new PartitionChecks(source, publication, captured);
    this.shapes = new ShapeChecks(config, source, captured);
    this.keys = new KeyChecks(source, captured);
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
                  "Set source.mask_key, or the variable or secret that it names."))
          : Optional.empty();
    } catch (OperatorException e) {
      return Optional.of(Finding.problem(e.getMessage(), ""));
    }
  }

  private List<Finding> check(SourceTable table) {
    Optional<CatalogTable> found =
        source
            .catalog()
            .find(table.name())
            .map(known -> known.keyed(config.table(table.token().value()).key()));
    if (found.isEmpty()) {
      return List.of(
          Finding.problem(
              "Cannot capture table: it does not exist: " + table.name(),
              "Create it, or fix its name in source.tables (quoted names are case-sensitive)."));
    }
    Optional<Finding> kind = kind(table, found.get());
    if (kind.isPresent()) {
      return List.of(kind.get());
    }
    List<Finding> findings = new ArrayList<>();
    privilege(table, found.get()).ifPresent(findings::add);
    identity(table, found.get()).ifPresent(findings::add);
    policies(table, found.get()).ifPresent(findings::add);
    root(table, found.get()).ifPresent(findings::add);
    if (found.get().isPartitioned()) {
      findings.addAll(partitions.findings(table, found.get()));
    }
    findings.addAll(columns(table, found.get()));
    if (findings.stream().noneMatch(Finding::isProblem)) {
      keys.rows(table, found.get()).ifPresent(findings::add);
    }
    if (findings.stream().noneMatch(Finding::isProblem)) {
      List<String> sent = source.publishedColumns(table.name(), found.get());
      findings.add(0, keys.ready(table, found.get(), sent));
    }
    return findings;
  }

  private List<Finding> columns(SourceTable table, CatalogTable found) {
    List<String> sent = source.publishedColumns(table.name(), found);
    List<Finding> findings = new ArrayList<>(new ColumnChecks(config, table, found).findings());
    Set<String> excluded = config.table(table.token().value()).exclude();
    new GeneratedColumnChecks(source, publication)
        .finding(table, found, sent, excluded)
        .ifPresent(findings::add);
    if (captured(table, found, sent).isEmpty()) {
      findings.add(
          problem(
              table,
              found.columns().isEmpty() ? "it has no columns" : "none of its columns is captured",
              "Remove it from source.tables, or add a column to capture."));
    }
    if (findings.stream().noneMatch(Finding::isProblem)) {
      keys.declared(table, found, sent).ifPresent(findings::add);
    }
    if (findings.stream().noneMatch(Finding::isProblem)) {
      findings.addAll(shapes.findings(table, found, sent));
    }
    return findings;
  }

  private List<String> captured(SourceTable table, CatalogTable found, List<String> sent) {
    Set<String> excluded = config.table(table.token().value()).exclude();
    return found.columns().stream()
        .filter(column -> sent.isEmpty() ? !column.generated() : sent.contains(column.name()))
        .map(CatalogColumn::name)
        .filter(name -> !excluded.contains(name))
        .toList();
  }

  private Optional<Finding> kind(SourceTable table, CatalogTable found) {
    if (!found.isTable()) {
      return Optional.of(
          problem(
              table,
              "it is not an ordinary table: relkind " + found.kind(),
              "Remove it from source.tables."));
    }
    if (found.persistence() == 'p') {
      return Optional.empty();
    }
    String why = "its changes are not logged: relpersistence " + found.persistence();
    return Optional.of(
        found.kind() == 'r' && found.persistence() == 'u'
            ? problem(table, why, "").with(new SqlRemedy(Purpose.LOGGED, logged(table.name())))
            : problem(table, why, "Recreate it without UNLOGGED or TEMPORARY."));
  }

  private List<String> logged(QualifiedName name) {
    List<String> statements =
        new ArrayList<>(List.of("ALTER TABLE %s SET LOGGED;".formatted(name)));
    publication
        .filter(known -> !known.allTables() && !known.schemas().contains(name.schema()))
        .map(known -> "ALTER PUBLICATION %s ADD TABLE %s;".formatted(known.sqlName(), name))
        .ifPresent(statements::add);
    return statements;
  }

  private Optional<Finding> privilege(SourceTable table, CatalogTable found) {
    String allowed =
        source
            .sql()
            .text(
                "check privileges on " + table.name(),
                "SELECT has_schema_privilege(relnamespace, 'USAGE')"
                    + " AND has_table_privilege(oid, 'SELECT') FROM pg_class WHERE oid = ?",
                found.oid());
    String role = SqlText.identifier(config.source().user());
    return allowed.equals("t")
        ? Optional.empty()
        : Optional.of(
            problem(table, "the role may not read it: " + config.source().user(), "")
                .with(
                    SqlRemedy.of(
                        Purpose.READ_TABLE,
                        "GRANT USAGE ON SCHEMA %s TO %s;"
                            .formatted(SqlText.identifier(table.name().schema()), role),
                        "GRANT SELECT ON %s TO %s;".formatted(table.name(), role))));
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
    String role = config.source().user();
    return active.equals("f")
        ? Optional.empty()
        : Optional.of(
            problem(table, "row level security would hide rows from the role: " + role, "")
                .with(
                    SqlRemedy.of(
                        Purpose.ROW_SECURITY,
                        "ALTER ROLE %s BYPASSRLS;".formatted(SqlText.identifier(role)))));
  }

  // This is not only about capture: PostgreSQL refuses the application's own UPDATE and DELETE.
  private Optional<Finding> identity(SourceTable table, CatalogTable found) {
    if (found.hasUsableIdentity()) {
      return Optional.empty();
    }
    String consequence =
        publication.filter(known -> known.contains(table.name(), found)).isPresent()
            ? "the application's UPDATE and DELETE on it fail"
            : "once published, the application's UPDATE and DELETE on it would fail";
    return Optional.of(
        problem(
                table,
                "it has no replica identity, so " + consequence + ": " + found.identity(),
                "Or add a primary key.")
            .with(partitions.identify(table, found)));
  }

  // PostgreSQL then sends the changes under the name of the partitioned table.
  private Optional<Finding> root(SourceTable table, CatalogTable found) {
    return source.partitions().ancestors(found.oid()).values().stream()
        .filter(name -> publication.filter(known -> known.sent().contains(name)).isPresent())
        .findFirst()
        .map(
            name ->
                problem(
                    table,
                    "its changes are published under the name of its partitioned table: " + name,
                    "Capture the partitioned table: put %s in source.tables instead."
                        .formatted(name)));
  }

  private static Finding problem(SourceTable table, String why, String advice) {
    return Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), advice);
  }
}
