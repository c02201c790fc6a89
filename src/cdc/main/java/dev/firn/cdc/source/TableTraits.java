package dev.firn.cdc.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides whether the log has every change of a table: compared with what was recorded when
 * the table was copied, it shows that changes were not published or not logged for a time. Each is
 * a text that changes for no other reason (see {@link TraitsReader}); empty where there is none.
 *
 * @param publication its OID
 * @param options what it publishes, with the transaction that last changed that
 * @param membership by which entries of the publication the table is in it
 * @param columns their types, hashed
 * @param parts OID, file, TOAST table and persistence of what holds the rows: the table itself, or
 *     its partitions, whose persistence is looked at elsewhere
 */
public record TableTraits(
    String publication, String options, String membership, String columns, String parts) {

  /** A gap, as a clause. */
  public static final String REWRITTEN =
      "it was rewritten without events: it was UNLOGGED for a time, or ALTER COLUMN TYPE USING"
          + " changed its values";

  private static final String SEPARATOR = "\n";
  private static final int FIELDS = 5;

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
          "it was out of the publication for a time, or was published with another row filter or"
              + " other columns");
    }
    if (!options.equals(before.options)) {
      return Optional.of(
          "the publication was altered: for a time it may have left out operations, or sent"
              + " partitions as themselves");
    }
    return unloggedSince(before);
  }

  private Optional<String> unloggedSince(TableTraits before) {
    if (parsed().values().stream().anyMatch(part -> !part.persistence.equals("p"))) {
      return Optional.of("it is UNLOGGED: its changes are not in the log");
    }
    Map<String, Part> then = before.parsed();
    boolean rewritten =
        changedFiles(before).stream()
            .anyMatch(oid -> !then.get(oid).toast.equals(parsed().get(oid).toast));
    return rewritten ? Optional.of(REWRITTEN) : Optional.empty();
  }

  /**
   * OIDs of parts that were truncated or rewritten, where nothing in the catalog tells which: they
   * have no TOAST table, whose OID changes with ALTER TABLE alone.
   */
  public List<String> filesInQuestion(TableTraits before) {
    return changedFiles(before).stream().filter(oid -> !parsed().get(oid).hasToast()).toList();
  }

  /** OIDs of partitions that were made or attached since. */
  public List<String> partsSince(TableTraits before) {
    Map<String, Part> then = before.parsed();
    return parsed().keySet().stream().filter(oid -> !then.containsKey(oid)).sorted().toList();
  }

  // With other columns a rewrite is what ALTER COLUMN TYPE does, and the new shape shows it.
  private List<String> changedFiles(TableTraits before) {
    if (!columns.equals(before.columns)) {
      return List.of();
    }
    Map<String, Part> then = before.parsed();
    Map<String, Part> now = parsed();
    return now.keySet().stream()
        .filter(oid -> then.containsKey(oid) && !then.get(oid).file.equals(now.get(oid).file))
        .sorted()
        .toList();
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
