package dev.firn.engine.scan;

import java.util.Arrays;

/**
 * The place of a row group in its file.
 *
 * @param start offset in bytes
 * @param length in bytes
 * @param firstRow index of its first row in the file
 * @param rows the number of rows
 */
record RowGroupSpan(long start, long length, long firstRow, long rows) {

  /** The rows, of these ascending ones, that the group contains. */
  long[] of(long[] wanted) {
    return Arrays.copyOfRange(wanted, count(wanted, firstRow), count(wanted, firstRow + rows));
  }

  /** The number of rows before a row. */
  private static int count(long[] wanted, long row) {
    int at = Arrays.binarySearch(wanted, row);
    return at >= 0 ? at : -at - 1;
  }
}
