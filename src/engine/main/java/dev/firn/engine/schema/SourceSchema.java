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
 * A schema document as the merge uses it: without the columns that the configuration excludes,
 * which older events may still contain, and refused as a whole if the lake cannot store the
 * remaining columns. Events of a refused document go to quarantine; events of other documents are
 * merged.
 *
 * @param fingerprint of the document as it was written; events refer to it
 * @param columns that are merged
 * @param excluded the columns of the document that are not merged
 * @param refusals why no event of the document can be merged; empty if its events can be merged
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
   * @param exclude names of excluded columns; the document may have some of them
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

  /** One message for all refusals, with their remedies. */
  public String refusal() {
    return columns.isEmpty()
        ? "all its columns are excluded"
        : String.join("; ", refusals.stream().map(Refusal::toString).toList());
  }

  private static Refusal excludedKey(SchemaDocument document, String column) {
    return new Refusal(
        "an excluded column is part of the key: " + column,
        "Remove it from tables.%s.exclude.".formatted(document.table()));
  }
}
