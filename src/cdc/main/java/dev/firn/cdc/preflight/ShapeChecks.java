package dev.firn.cdc.preflight;

import dev.firn.cdc.source.ShapeReader;
import dev.firn.cdc.source.Source;
import dev.firn.contract.Column;
import dev.firn.contract.LakeRules;
import dev.firn.contract.LakeRules.Refusal;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lake's requirements for the columns and the name of a table. A table that is already captured
 * does not stop the others: its events are written as they are, and merge quarantines those that
 * the lake cannot store.
 */
final class ShapeChecks {

  private final PipelineConfig config;
  private final Source source;
  private final CapturedTables captured;

  ShapeChecks(PipelineConfig config, Source source, CapturedTables captured) {
    this.config = config;
    this.source = source;
    this.captured = captured;
  }

  /** Call it only if no other problem keeps the table from being captured. */
  List<Finding> findings(SourceTable table, CatalogTable found, List<String> sent) {
    Set<String> excluded = config.table(table.token().value()).exclude();
    List<String> columns =
        found.columns().stream()
            .filter(column -> sent.isEmpty() ? !column.generated() : sent.contains(column.name()))
            .map(CatalogColumn::name)
            .toList();
    if (excluded.containsAll(columns)) {
      return List.of();
    }
    SchemaDocument document =
        new ShapeReader(config, source.sql()).current(table, found, columns).document();
    Optional<Refusal> ofKey = LakeRules.keyRefusal(document);
    return LakeRules.refusals(document).stream()
        .map(
            refusal -> {
              Finding finding = finding(table, found, refusal);
              return ofKey.filter(refusal::equals).isPresent()
                  ? otherKey(table, found, document).map(finding::with).orElse(finding)
                  : finding;
            })
        .toList();
  }

  // If a table has no such index yet, a person has to decide which columns identify its rows.
  private Optional<SqlRemedy> otherKey(
      SourceTable table, CatalogTable found, SchemaDocument document) {
    Set<String> fit =
        document.columns().stream()
            .filter(LakeRules::isKeyType)
            .map(Column::name)
            .collect(Collectors.toSet());
    return KeyIndexes.of(source.sql(), found.oid(), fit)
        .map(
            index ->
                SqlRemedy.of(
                    Purpose.OTHER_KEY,
                    "ALTER TABLE %s REPLICA IDENTITY USING INDEX %s;"
                        .formatted(table.name(), index)));
  }

  /** Tables that would share one name in the lake. */
  List<Finding> sharedNames() {
    List<TableToken> tokens = config.source().tables().stream().map(SourceTable::token).toList();
    return LakeRules.sharingAName(tokens).stream()
        .map(LakeRules::sharedName)
        .map(
            refusal -> Finding.problem("Cannot capture tables: " + refusal.why(), refusal.remedy()))
        .toList();
  }

  private Finding finding(SourceTable table, CatalogTable found, Refusal refusal) {
    if (captured.contains(table.name(), found.oid())) {
      return Finding.warning(
          "table %s can no longer be merged, its rows are quarantined: %s"
              .formatted(table.name(), refusal.why()),
          refusal.remedy() + " Then run 'firn capture --resnapshot %s'.".formatted(table.token()));
    }
    return Finding.problem(
        "Cannot capture table %s: %s".formatted(table.name(), refusal.why()), refusal.remedy());
  }
}
