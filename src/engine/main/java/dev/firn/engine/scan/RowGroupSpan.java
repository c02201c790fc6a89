package dev.firn.engine.scan;

import java.util.Arrays;

/**
 * Where a row group lies in its file.
 *
 * @param start in bytes
 * @param length in bytes
 * @param firstRow in the file
 * @param rows how many
 */
record RowGroupSpan(long start, long length, long firstRow, long rows) {

  /** Those of these ascending rows that it holds. */
  long[] of(long[] wanted) {
    return Arrays.copyOfRange(wanted, count(wanted, firstRow), count(wanted, firstRow + rows));
  }

  /** How many are below a row. */
  private static int count(long[] wanted, long row) {
    int at = Arrays.binarySearch(wanted, row);
    return at >= 0 ? at : -at - 1;
  }
}
