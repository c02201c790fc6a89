package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import java.io.IOException;

/** The values of one key column in a row group. */
sealed interface KeyPart permits NumberColumn, BytesColumn {

  /** Moves to the next page, and decodes it; false after the last. */
  boolean next() throws IOException;

  /** The first row of the page, in the row group. */
  long firstRow();

  /** Rows of the page. */
  int rows();

  /**
   * Writes a value behind what is in the key.
   *
   * @param row in the row group, not before that of the last call
   * @return whether the row has a value
   */
  boolean put(long row, KeyBytes key) throws IOException;
}
