package dev.firn.contract;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that a column of the source cannot have in the lake: those of Firn's own columns, those
 * of Iceberg's metadata columns, and any name that differs from another column's in case alone,
 * because Spark and Athena resolve names without regard to case. Names are compared that way
 * everywhere.
 */
public final class ReservedColumns {

  /** In a mirror, in a change log, or in the history of a table. */
  private static final Set<String> FIRN =
      Set.of("_epoch", "_lsn", "_seq", "_committed_at", "_unchanged", "_op", "_unsent", "_origin");

  /** {@code org.apache.iceberg.MetadataColumns}: readers refuse a table that has one. */
  private static final Set<String> ICEBERG =
      Set.of(
          "_file",
          "_pos",
          "_deleted",
          "_spec_id",
          "_partition",
          "_row_id",
          "_last_updated_sequence_number",
          "_change_type",
          "_change_ordinal",
          "_commit_snapshot_id");

  /** Prefix of the columns that exist only while a batch is merged. */
  private static final String WORKING = "_firn_";

  private ReservedColumns() {}

  public static boolean contains(String column) {
    String folded = folded(column);
    return FIRN.contains(folded) || ICEBERG.contains(folded) || folded.startsWith(WORKING);
  }

  /** All names that are reserved as a whole, for tests and messages. */
  public static Set<String> names() {
    return Stream.concat(FIRN.stream(), ICEBERG.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** Two names are the same column to the readers of the lake where these are equal. */
  public static String folded(String column) {
    // As String.equalsIgnoreCase, letter by letter: toUpperCase would make ss of ß.
    StringBuilder folded = new StringBuilder(column.length());
    column
        .codePoints()
        .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
        .forEach(folded::appendCodePoint);
    return folded.toString().toLowerCase(Locale.ROOT);
  }

  /** The groups of names that differ in case alone, each in the order given. */
  public static List<List<String>> alike(Collection<String> columns) {
    Map<String, List<String>> groups =
        columns.stream()
            .collect(
                Collectors.groupingBy(
                    ReservedColumns::folded, LinkedHashMap::new, Collectors.toList()));
    return groups.values().stream().filter(names -> names.size() > 1).toList();
  }
}
