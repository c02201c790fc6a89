package dev.firn.contract;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a table in the raw zone and in the lake: {@code sales}, or {@code schema.table}
 * outside {@code public}. It becomes a folder name and an SQL identifier, so only {@code [a-z0-9_]}
 * is allowed; a table with any other name needs a token in the configuration.
 */
public record TableToken(String value) implements Comparable<TableToken> {

  /** Folders of the raw zone that no table may have. */
  public static final Set<String> RESERVED = Set.of("error", "_schema", "_incoming");

  private static final Pattern ALLOWED = Pattern.compile("[a-z0-9_]{1,63}(\\.[a-z0-9_]{1,63})?");

  public TableToken {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Cannot use table token: [a-z0-9_]+ or schema.table is allowed, and not %s: %s"
              .formatted(RESERVED, value));
    }
  }

  public static boolean isValid(String value) {
    return ALLOWED.matcher(value).matches() && !RESERVED.contains(value);
  }

  /** The default token of a table: its name, prefixed with the schema unless that is public. */
  public static String natural(String schema, String table) {
    return schema.equals("public") ? table : schema + "." + table;
  }

  /** The name of the table in the lake, where a dot would separate namespaces. */
  public String lakeName() {
    return value.replace('.', '_');
  }

  @Override
  public int compareTo(TableToken other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
