package dev.firn.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the lake requires of a source table. Every stage applies these rules and no others:
 * preflight and capture before the first row, capture again whenever a table's definition changes,
 * and merge for each schema document, no matter which producer wrote it.
 */
public final class LakeRules {

  /** Iceberg's specification, "Identifier Field IDs": no floats, and nothing that is nested. */
  private static final Set<String> NO_KEY = Set.of("float4", "float8");

  private LakeRules() {}

  /**
   * Why the lake cannot take a table.
   *
   * @param why continues "Cannot capture table …: "
   * @param remedy a sentence or two, for the operator
   */
  public record Refusal(String why, String remedy) {

    @Override
    public String toString() {
      return why + ". " + remedy;
    }
  }

  /** Why the lake cannot take the rows of this document; empty where it can. */
  public static List<Refusal> refusals(SchemaDocument document) {
    List<String> columns = document.columns().stream().map(Column::name).toList();
    List<Refusal> refusals = new ArrayList<>();
    reserved(document.table(), columns, refusals);
    alike(document.table(), columns, refusals);
    keyRefusal(document).ifPresent(refusals::add);
    return refusals;
  }

  /** Why the lake cannot take the key of this document; empty where it can. */
  public static Optional<Refusal> keyRefusal(SchemaDocument document) {
    List<String> unfit =
        document.keyColumns().stream()
            .filter(column -> !isKeyType(column))
            .map(column -> column.name() + " " + column.declaration())
            .toList();
    return unfit.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "Iceberg does not allow floats or arrays in a key: " + String.join(", ", unfit),
                ("Give the table another replica identity, a unique index of NOT NULL columns of"
                        + " other types, or declare other columns that identify its rows:"
                        + " tables: { %1$s: { key: [column] } }. What was captured before is copied"
                        + " again by 'firn capture --resnapshot %1$s'.")
                    .formatted(document.table())));
  }

  /** The lake accepts the column as part of a key. */
  public static boolean isKeyType(Column column) {
    return !NO_KEY.contains(column.type()) && !column.type().endsWith("[]");
  }

  /** Groups of tables that map to the same name in the lake. */
  public static List<List<TableToken>> sharingAName(Collection<TableToken> tables) {
    Map<String, List<TableToken>> byName =
        new HashSet<>(tables)
            .stream().sorted().collect(Collectors.groupingBy(TableToken::lakeName));
    return byName.values().stream().filter(group -> group.size() > 1).toList();
  }

  /** Why none of these tables can be merged. */
  public static Refusal sharedName(List<TableToken> tables) {
    return new Refusal(
        "several tokens map to the same name in the lake: %s as %s"
            .formatted(
                tables.stream().map(TableToken::value).collect(Collectors.joining(", ")),
                tables.get(0).lakeName()),
        "Give all but one of them another token under source.tables:"
            + " { table: schema.table, token: another_name }.");
  }

  private static void reserved(TableToken table, List<String> columns, List<Refusal> refusals) {
    List<String> reserved = columns.stream().filter(ReservedColumns::contains).toList();
    if (!reserved.isEmpty()) {
      refusals.add(
          new Refusal(
              "the lake reserves these column names: " + String.join(", ", reserved),
              "Rename them, or leave them out: " + exclude(table, reserved)));
    }
  }

  private static void alike(TableToken table, List<String> columns, List<Refusal> refusals) {
    for (List<String> names : ReservedColumns.alike(columns)) {
      refusals.add(
          new Refusal(
              "the lake is case-insensitive, and these columns differ only in case: "
                  + String.join(", ", names),
              "Rename all but one, or leave them out: "
                  + exclude(table, names.subList(1, names.size()))));
    }
  }

  private static String exclude(TableToken table, List<String> columns) {
    return "tables: { %s: { exclude: [%s] } }.".formatted(table, String.join(", ", columns));
  }
}
