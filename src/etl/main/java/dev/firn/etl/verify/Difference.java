package dev.firn.etl.verify;

import java.util.List;

/**
 * A key whose rows differ between the two sides.
 *
 * @param key for people: {@code id=42}
 * @param sourceRows the rows of this key; more than one if the key is not unique
 * @param columns the columns that differ, if each side has one row
 */
record Difference(String key, int sourceRows, int lakeRows, List<ColumnDifference> columns) {

  private static final int SHOWN = 40;

  Difference {
    columns = List.copyOf(columns);
  }

  /**
   * A column that differs.
   *
   * @param source its text in PostgreSQL; null for NULL
   */
  record ColumnDifference(String column, String source, String lake) {

    @Override
    public String toString() {
      return "%s is %s in PostgreSQL, %s in the lake"
          .formatted(column, shortened(source), shortened(lake));
    }
  }

  @Override
  public String toString() {
    if (sourceRows == 1 && lakeRows == 1) {
      String list = String.join("; ", columns.stream().map(ColumnDifference::toString).toList());
      return key + ": different: " + list;
    }
    if (lakeRows == 0) {
      return key + ": missing in the lake";
    }
    return sourceRows == 0
        ? key + ": only in the lake" + (lakeRows == 1 ? "" : ", %s rows".formatted(lakeRows))
        : key + ": %s rows in PostgreSQL, %s in the lake".formatted(sourceRows, lakeRows);
  }

  static String shortened(String text) {
    if (text == null) {
      return "NULL";
    }
    String line = text.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() <= SHOWN
        ? "'" + line + "'"
        : "'%s…' (%s characters)".formatted(line.substring(0, SHOWN), text.length());
  }
}
