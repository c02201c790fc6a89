package dev.firn.cdc.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The properties that decide whether the log has every change of a table. A difference from the
 * traits recorded when the table was copied shows that changes were not published or not logged for
 * a time. Each is a text that changes for no other reason (see {@link TraitsReader}); empty if
 * there is none.
 *
 * @param publication its OID
 * @param options which operations it publishes, with the transaction that last changed them
 * @param membership the entries of the publication that include the table
 * @param columns number, type and type modifier of each
 * @param parts OID, file, TOAST table and persistence of what holds the rows: the table itself, or
 *     its partitions, whose persistence is checked elsewhere
 */
public record TableTraits(
    String publication, String options, String membership, String columns, String parts) {

  /** A gap, as a clause. */
  public static final String REWRITTEN =
      "it was rewritten without events: it was UNLOGGED for a time, or ALTER COLUMN TYPE USING"
          + " changed its values";

  private static final String SEPARATOR = "\n";
  private static final int FIELDS = 5;

  /**
   * A part with another file, which ALTER TABLE may have written.
   *
   * @param part its OID
   * @param hasNewToast whether its TOAST table is a different one too, which only ALTER TABLE
   *     causes
   */
  public record NewFile(String part, boolean hasNewToast) {}

  /**
   * Columns for which ALTER TABLE may have rewritten the rows.
   *
   * @param added numbers of the columns that did not exist
   * @param retyped numbers of the columns that had another type
   */
  public record NewColumns(List<String> added, List<String> retyped) {

    public NewColumns {
      added = List.copyOf(added);
      retyped = List.copyOf(retyped);
    }
  }

  /** One of the parts. */
  private record Part(String file, String toast, String persistence) {

    boolean hasToast() {
      return !toast.equals("0");
    }
  }

  static Optional<TableTraits> parse(String text) {
    String[] fields = text == null ? new String[0] : text.split(SEPARATOR, -1);
    return fields.length == FIELDS
        ? Optional.of(new TableTraits(fields[0], fields[1], fields[2], fields[3], fields[4]))
        : Optional.empty();
  }

  String text() {
    return String.join(SEPARATOR, publication, options, membership, columns, parts);
  }

  /** Why changes between then and now may be missing, as a clause; empty when none can be. */
  public Optional<String> gapSince(TableTraits before) {
    if (publication.isEmpty()) {
      return Optional.of("the publication was dropped");
    }
    if (!publication.equals(before.publication)) {
      return Optional.of("the publication was dropped and created again");
    }
    if (membership.isEmpty()) {
      return Optional.of("it is not in the publication");
    }
    if (!membership.equals(before.membership)) {
      return Optional.of(
          "it was not in the publication for a time, or was published with another row filter or"
              + " other columns");
    }
    if (!options.equals(before.options)) {
      return Optional.of(
          "the publication was altered: for a time it may have left out operations, or sent"
              + " partitions under their own names");
    }
    return parsed().values().stream().anyMatch(part -> !part.persistence.equals("p"))
        ? Optional.of("it is UNLOGGED: its changes are not in the log")
        : Optional.empty();
  }

  /**
   * Parts that are new, or whose file is a different one; except those that kept their TOAST table:
   * these were truncated, or VACUUM FULL or CLUSTER moved their rows.
   */
  public List<NewFile> newFiles(TableTraits before) {
    Map<String, Part> then = before.parsed();
    return parsed().entrySet().stream()
        .flatMap(part -> newFile(part.getKey(), then.get(part.getKey()), part.getValue()))
        .toList();
  }

  private static Stream<NewFile> newFile(String oid, Part then, Part now) {
    if (then == null) {
      return Stream.of(new NewFile(oid, false));
    }
    boolean hadToast = then.hasToast() && now.hasToast();
    return then.file.equals(now.file) || (hadToast && then.toast.equals(now.toast))
        ? Stream.empty()
        : Stream.of(new NewFile(oid, hadToast));
  }

  /** Columns that are new, or have another type. */
  public NewColumns newColumns(TableTraits before) {
    Map<String, String> then = types(before.columns);
    Map<String, String> now = types(columns);
    Predicate<String> wasThere = then::containsKey;
    return new NewColumns(
        now.keySet().stream().filter(wasThere.negate()).toList(),
        now.keySet().stream()
            .filter(wasThere)
            .filter(number -> !then.get(number).equals(now.get(number)))
            .toList());
  }

  /** OIDs of partitions that were created or attached since. */
  public List<String> partsSince(TableTraits before) {
    Map<String, Part> then = before.parsed();
    return parsed().keySet().stream().filter(oid -> !then.containsKey(oid)).sorted().toList();
  }

  private static Map<String, String> types(String columns) {
    Map<String, String> types = new HashMap<>();
    for (String column : columns.isEmpty() ? new String[0] : columns.split(" ", -1)) {
      String[] numberAndType = column.split(":", 2);
      // An older version recorded a hash, which does not identify columns.
      if (numberAndType.length == 2) {
        types.put(numberAndType[0], numberAndType[1]);
      }
    }
    return types;
  }

  private Map<String, Part> parsed() {
    Map<String, Part> found = new HashMap<>();
    for (String part : parts.isEmpty() ? new String[0] : parts.split(" ", -1)) {
      String[] fields = part.split(":", -1);
      found.put(fields[0], new Part(fields[1], fields[2], fields[3]));
    }
    return found;
  }
}
