package dev.firn.engine.schema;

import dev.firn.contract.Column;
import dev.firn.contract.LakeRules;
import dev.firn.contract.LakeRules.Refusal;
import dev.firn.contract.SchemaDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A schema document as the merge takes it: without the columns that the configuration leaves out,
 * which events from before it did may still carry, and refused as a whole where the lake cannot
 * take what is left. Events of a refused document wait in quarantine; those of others are merged.
 *
 * @param fingerprint of the document as it was written, which events name
 * @param columns that are merged
 * @param excluded the columns of the document that are not
 * @param refusals why no event of it can be merged; empty where they can
 */
public record SourceSchema(
    String fingerprint,
    SchemaDocument document,
    List<Column> columns,
    Set<String> excluded,
    List<Refusal> refusals) {

  public SourceSchema {
    Objects.requireNonNull(document, "document");
    columns = List.copyOf(columns);
    excluded = Set.copyOf(excluded);
    refusals = List.copyOf(refusals);
  }

  public static SourceSchema of(SchemaDocument document) {
    return of(document, Set.of());
  }

  /**
   * @param exclude names of columns, of which the document may have some
   */
  public static SourceSchema of(SchemaDocument document, Set<String> exclude) {
    List<Column> columns =
        document.columns().stream().filter(column -> !exclude.contains(column.name())).toList();
    List<String> excluded =
        document.columns().stream().map(Column::name).filter(exclude::contains).toList();
    List<Refusal> refusals = new ArrayList<>();
    document.keyColumns().stream()
        .map(Column::name)
        .filter(exclude::contains)
        .forEach(key -> refusals.add(excludedKey(document, key)));
    SchemaDocument merged = document;
    if (!columns.isEmpty()) {
      merged =
          new SchemaDocument(
              document.table(), document.source(), columns, document.replicaIdentity());
      refusals.addAll(LakeRules.refusals(merged));
    }
    return new SourceSchema(
        document.fingerprint(), merged, columns, Set.copyOf(excluded), refusals);
  }

  public boolean isRefused() {
    return !refusals.isEmpty() || columns.isEmpty();
  }

  /** One sentence for all refusals, with their remedies. */
  public String refusal() {
    return columns.isEmpty()
        ? "all its columns are excluded"
        : String.join("; ", refusals.stream().map(Refusal::toString).toList());
  }

  private static Refusal excludedKey(SchemaDocument document, String column) {
    return new Refusal(
        "an excluded column is in the key: " + column,
        "Take it out of tables.%s.exclude.".formatted(document.table()));
  }
}
