package dev.firn.engine.scan;

import java.io.IOException;

/**
 * Finds the numbers of a batch in the pages of a column. If the page is in ascending order, as in
 * Firn's files, both sides are searched with galloping: the work depends on the number of keys in
 * the page. Otherwise each row is looked up, most misses in a bit table that fits in the cache.
 */
final class NumberSearch {

  private final LongKeySet keys;
  private final RowSink sink;

  NumberSearch(LongKeySet keys, RowSink sink) {
    this.keys = keys;
    this.sink = sink;
  }

  /** Searches the present page of a column. */
  void search(NumberColumn column) throws IOException {
    if (isAscending(column.numbers(), column.rows()) && !column.hasMissing()) {
      leap(column.numbers(), column.rows(), column.firstRow());
    } else {
      probe(column);
    }
  }

  private static boolean isAscending(long[] numbers, int rows) {
    for (int i = 1; i < rows; i++) {
      if (numbers[i - 1] > numbers[i]) {
        return false;
      }
    }
    return true;
  }

  private void leap(long[] rows, int rowCount, long firstRow) throws IOException {
    long[] wanted = keys.numbers();
    int key = 0;
    int row = 0;
    if (rowCount > 0) {
      key = firstFrom(wanted, 0, wanted.length, rows[0]);
    }
    while (row < rowCount && key < wanted.length) {
      if (rows[row] < wanted[key]) {
        row = firstFrom(rows, row, rowCount, wanted[key]);
      } else if (rows[row] > wanted[key]) {
        key = firstFrom(wanted, key, wanted.length, rows[row]);
      } else {
        sink.found(key, firstRow + row);
        row++;
      }
    }
  }

  /**
   * The first index whose value is not less than the given one: galloping, then a binary search.
   */
  private static int firstFrom(long[] ascending, int from, int to, long value) {
    int below = from;
    int leap = 1;
    while (below + leap < to && ascending[below + leap] < value) {
      below += leap;
      leap <<= 1;
    }
    int high = Math.min(to, below + leap);
    while (below < high) {
      int middle = (below + high) >>> 1;
      if (ascending[middle] < value) {
        below = middle + 1;
      } else {
        high = middle;
      }
    }
    return below;
  }

  private void probe(NumberColumn column) throws IOException {
    LongIndex index = keys.index();
    long[] numbers = column.numbers();
    int rows = column.rows();
    for (int i = 0; i < rows; i++) {
      if (index.mayHave(numbers[i])) {
        int key = index.find(numbers[i]);
        if (key >= 0 && !column.isMissing(i)) {
          sink.found(key, column.firstRow() + i);
        }
      }
    }
  }
}
