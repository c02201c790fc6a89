package dev.firn.engine.ingest.foreign;

import dev.firn.contract.Column;
import java.io.Serializable;
import java.util.List;

/**
 * A column of the configuration, as executors carry it.
 *
 * @param type PostgreSQL's internal name, with {@code []} behind an array's element
 */
record DeclaredColumn(String name, String type, List<Integer> modifiers) implements Serializable {

  private static final String ARRAY = "[]";

  static DeclaredColumn of(Column column) {
    return new DeclaredColumn(column.name(), column.type(), column.modifiers());
  }

  boolean isArray() {
    return type.endsWith(ARRAY);
  }

  /** What an element of this array would be as a column. */
  DeclaredColumn element() {
    return new DeclaredColumn(name, type.substring(0, type.length() - ARRAY.length()), modifiers);
  }

  /** Digits behind the point of a numeric or of a second; the default where none is declared. */
  int scale(int defaultScale) {
    return modifiers.isEmpty() ? defaultScale : modifiers.get(modifiers.size() - 1);
  }
}
