package dev.firn.etl.merge;

/**
 * A column of a random table.
 *
 * @param keyOrdinal place in the key from 1; 0 outside it
 */
record SourceColumn(String name, CellKind kind, int keyOrdinal) {

  boolean isKey() {
    return keyOrdinal > 0;
  }

  /** The column after a widening, where its kind has one. */
  SourceColumn widened() {
    return switch (kind) {
      case INT4 -> new SourceColumn(name, CellKind.INT8, keyOrdinal);
      case NUMERIC_12_2 -> new SourceColumn(name, CellKind.NUMERIC_14_2, keyOrdinal);
      default -> this;
    };
  }
}
