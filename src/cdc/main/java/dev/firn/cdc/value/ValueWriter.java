package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;

/** Writes values of one kind in the form that a change event uses. */
@FunctionalInterface
public interface ValueWriter {

  /**
   * @param text in these bytes, UTF-8, is PostgreSQL's text of a value that is not NULL, written
   *     under the settings of a pinned session
   * @throws IllegalArgumentException if the text is not of this kind; discard the output written so
   *     far
   */
  void write(JsonBytes out, byte[] text, int from, int to);
}
