package dev.firn.cdc.source;

import dev.firn.contract.ReservedColumns;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A column of a captured table at two looks.
 *
 * @param was the column before; without a name if it did not exist
 * @param now the column now; without a name if it was dropped
 * @param given whether rows that existed when it was added have, or may have, a value in it
 * @param sameType whether the type has the same OID
 * @param parts what changed inside the type; null for no change, empty for a change without a name
 */
record ColumnChange(Side was, Side now, boolean given, boolean sameType, String parts) {

  /** Pairs of types whose second one holds the values of the first one unchanged. */
  private static final Set<String> WIDENINGS =
      Set.of(
          "smallint integer",
          "smallint bigint",
          "integer bigint",
          "real double precision",
          "character varying text");

  // Only the lake knows what its column holds.
  private static final String MERGE_FIRST =
      "First run 'firn merge': if the lake's column cannot hold the new type, it prints what to do"
          + " before the table is copied";

  /**
   * One look.
   *
   * @param declared the type as PostgreSQL prints it
   * @param modifier {@code pg_attribute.atttypmod}
   */
  record Side(String name, String declared, int modifier) {

    boolean isThere() {
      return name != null;
    }

    String type() {
      return declared.replaceFirst("\\(.*\\)", "");
    }
  }

  /**
   * What the change means for the rows in the lake, as a clause; empty if they stay correct.
   *
   * @param gone the declared types, by name, of the columns that were dropped since the last look
   */
  Optional<String> consequence(Map<String, String> gone) {
    if (!now.isThere()) {
      return Optional.empty();
    }
    if (!was.isThere()) {
      return added(gone);
    }
    // Names in the lake are case-insensitive: the column stays the same one.
    if (!ReservedColumns.folded(was.name()).equals(ReservedColumns.folded(now.name()))) {
      return Optional.of(
          ("column %s was renamed to %s: in the lake, rows that do not change keep their value under"
                  + " the old name and have NULL under the new one")
              .formatted(was.name(), now.name()));
    }
    if (!keepsValues()) {
      return Optional.of(
          ("column %s was changed from %s to %s: in the lake, rows that do not change keep their"
                  + " earlier value. "
                  + MERGE_FIRST)
              .formatted(now.name(), was.declared(), now.declared()));
    }
    return Optional.ofNullable(parts).map(this::partsChanged);
  }

  private Optional<String> added(Map<String, String> gone) {
    if (gone.containsKey(now.name())) {
      String again =
          ("column %s was dropped and added again: in the lake, rows that do not change keep the"
                  + " value of the dropped column")
              .formatted(now.name());
      return Optional.of(
          gone.get(now.name()).equals(now.declared()) ? again : again + ". " + MERGE_FIRST);
    }
    return given
        ? Optional.of(
            ("column %s was added with a default value: in the lake, rows that do not change have"
                    + " NULL in it")
                .formatted(now.name()))
        : Optional.empty();
  }

  private String partsChanged(String labels) {
    return labels.isEmpty()
        ? ("the composite type of column %s was changed: in the lake, rows that do not change keep their"
                + " earlier text")
            .formatted(now.name())
        : ("labels of the enum of column %s were renamed (%s): in the lake, rows that do not change keep"
                + " the earlier label")
            .formatted(now.name(), labels);
  }

  private boolean keepsValues() {
    if (!sameType) {
      return WIDENINGS.contains(was.type() + " " + now.type());
    }
    return was.modifier() == now.modifier() || now.modifier() == -1 || isLonger();
  }

  // A modifier that is neither a length nor a precision may round values.
  private boolean isLonger() {
    return switch (now.type()) {
      case "character varying" -> was.modifier() != -1 && now.modifier() >= was.modifier();
      case "numeric" ->
          was.modifier() != -1
              && now.modifier() >= was.modifier()
              && scale(now.modifier()) == scale(was.modifier());
      default -> false;
    };
  }

  /** Of a numeric: the lower bits of its modifier, which counts from four. */
  private static int scale(int modifier) {
    return (modifier - 4) & 0xffff;
  }
}
