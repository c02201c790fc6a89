package dev.firn.source.catalog;

import dev.firn.pipeline.QualifiedName;

/** Quotes names and texts in SQL; a replication connection cannot bind parameters. */
public final class SqlText {

  private SqlText() {}

  public static String identifier(String name) {
    return QualifiedName.quote(name);
  }

  /** Always in quotes: the replication grammar has additional keywords. */
  public static String quotedIdentifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
