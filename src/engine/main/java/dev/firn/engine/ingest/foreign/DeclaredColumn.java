package dev.firn.engine.ingest.foreign;

import dev.firn.contract.Column;
import java.io.Serializable;
import java.util.List;

/**
 * A column of the configuration, in a form that is serialized to the executors.
 *
 * @param type PostgreSQL's internal name; for an array that of its element with {@code []} appended
 */
record DeclaredColumn(String name, String type, List<Integer> modifiers) implements Serializable {

  private static final String ARRAY = "[]";

  static DeclaredColumn of(Column column) {
    return new DeclaredColumn(column.name(), column.type(), column.modifiers());
  }

  boolean isArray() {
    return type.endsWith(ARRAY);
  }

  /** An element of this array, as a column. */
  DeclaredColumn element() {
    return new DeclaredColumn(name, type.substring(0, type.length() - ARRAY.length()), modifiers);
  }

  /**
   * Digits after the decimal point of a numeric or of the seconds; a default if none is declared.
   */
  int scale(int defaultScale) {
    return modifiers.isEmpty() ? defaultScale : modifiers.get(modifiers.size() - 1);
  }
}
