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
              "excluded columns are part of its key: " + String.join(", ", key),
              "Remove them from tables.%s.exclude.".formatted(table.token())));
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
              "masked columns are part of its key, so all rows would become one: "
                  + String.join(", ", key),
              "Use sha256 in tables.%s.mask, which keeps rows distinct.".formatted(table.token())));
    }
  }

  // A warning only: a mask must be configured before its column is added, or the first rows would
  // be sent unmasked.
  private void unknown(List<Finding> findings) {
    Set<String> unknown = new TreeSet<>(excluded);
    unknown.addAll(masks.keySet());
    found.columns().forEach(column -> unknown.remove(column.name()));
    if (!unknown.isEmpty()) {
      findings.add(
          Finding.warning(
              "table %s has no columns of these names to mask or exclude: %s"
                  .formatted(table.name(), String.join(", ", unknown)),
              "Fix the names in tables.%s (they are case-sensitive), or add the columns."
                  .formatted(table.token())));
    }
  }

  private Finding problem(String why, String remedy) {
    return Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), remedy);
  }
}
