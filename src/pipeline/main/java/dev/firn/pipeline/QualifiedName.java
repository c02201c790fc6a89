package dev.firn.pipeline;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table as PostgreSQL's catalog stores it: unquoted and case-sensitive.
 *
 * <p>{@link #toString()} is the name as SQL spells it, quoted where it needs to be.
 */
public record QualifiedName(String schema, String table) {

  private static final String IDENTIFIER = "(?:\"((?:[^\"]|\"\")+)\"|([A-Za-z_][A-Za-z0-9_$]*))";
  private static final Pattern NAME = Pattern.compile("(?:" + IDENTIFIER + "\\.)?" + IDENTIFIER);
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /**
   * Reads a name as SQL does: unquoted parts fold to lower case, the schema is public by default.
   */
  public static Optional<QualifiedName> parse(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String schema = part(matcher, 1);
    return Optional.of(new QualifiedName(schema == null ? "public" : schema, part(matcher, 3)));
  }

  /** An identifier in SQL: unchanged if it is plain, else quoted, with quotes inside doubled. */
  public static String quote(String identifier) {
    return PLAIN.matcher(identifier).matches() && !SqlKeywords.RESERVED.contains(identifier)
        ? identifier
        : "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  private static String part(Matcher matcher, int group) {
    if (matcher.group(group) != null) {
      return matcher.group(group).replace("\"\"", "\"");
    }
    String plain = matcher.group(group + 1);
    return plain == null ? null : plain.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return quote(schema) + "." + quote(table);
  }
}
