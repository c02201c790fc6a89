package dev.firn.cdc.preflight;

import dev.firn.pipeline.Mask;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The columns of one table. */
final class ColumnChecks {

  private final SourceTable table;
  private final CatalogTable found;
  private final Set<String> excluded;
  private final Map<String, Mask> masks;

  ColumnChecks(PipelineConfig config, SourceTable table, CatalogTable found) {
    this.table = table;
    this.found = found;
    this.excluded = config.table(table.token().value()).exclude();
    this.masks = config.table(table.token().value()).masks();
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    keyless(findings);
    maskedKey(findings);
    unknown(findings);
    return findings;
  }

  private void keyless(List<Finding> findings) {
    List<String> key = found.key().stream().filter(excluded::contains).toList();
    if (!key.isEmpty()) {
      findings.add(
          problem(
              "excluded columns are in its key: " + String.join(", ", key),
              "Take them out of tables.%s.exclude.".formatted(table.token())));
    }
  }

  private void maskedKey(List<Finding> findings) {
    List<String> key =
        found.key().stream()
            .filter(masks::containsKey)
            .filter(name -> !(masks.get(name) instanceof Mask.Sha256))
            .toList();
    if (!key.isEmpty()) {
      findings.add(
          problem(
              "masked columns are in its key, and all rows would become one: "
                  + String.join(", ", key),
              "Write sha256 in tables.%s.mask, which keeps rows apart.".formatted(table.token())));
    }
  }

  // No problem: a column is masked first and then added, or its first rows would leave as they are.
  private void unknown(List<Finding> findings) {
    Set<String> unknown = new TreeSet<>(excluded);
    unknown.addAll(masks.keySet());
    found.columns().forEach(column -> unknown.remove(column.name()));
    if (!unknown.isEmpty()) {
      findings.add(
          Finding.warning(
              "table %s has no such columns to mask or leave out: %s"
                  .formatted(table.name(), String.join(", ", unknown)),
              "Mend the names in tables.%s (case counts), or add the columns."
                  .formatted(table.token())));
    }
  }

  private Finding problem(String why, String remedy) {
    return Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), remedy);
  }
}
