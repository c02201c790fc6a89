package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import java.io.IOException;

/** Reads the values of one key column in a row group. */
sealed interface KeyPart permits NumberColumn, BytesColumn {

  /** Moves to the next page and decodes it; false after the last page. */
  boolean next() throws IOException;

  /** The first row of the page, counted in the row group. */
  long firstRow();

  /** The number of rows of the page. */
  int rows();

  /**
   * Appends a value to the key.
   *
   * @param row in the row group, not less than in the previous call
   * @return whether the row has a value
   */
  boolean put(long row, KeyBytes key) throws IOException;
}
