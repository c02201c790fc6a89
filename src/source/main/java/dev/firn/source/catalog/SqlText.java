package dev.firn.source.catalog;

import dev.firn.pipeline.QualifiedName;

/** Names and texts inside SQL; a replication connection has no parameters to bind. */
public final class SqlText {

  private SqlText() {}

  public static String identifier(String name) {
    return QualifiedName.quote(name);
  }

  /** In quotes whatever the name: the replication grammar has keywords of its own. */
  public static String quotedIdentifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
