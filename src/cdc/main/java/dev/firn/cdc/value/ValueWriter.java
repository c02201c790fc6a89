package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;

/** Writes values of one kind as a change event carries them. */
@FunctionalInterface
public interface ValueWriter {

  /**
   * @param text in these bytes, UTF-8, is PostgreSQL's text of a value that is not NULL, written
   *     under the settings of a pinned session
   * @throws IllegalArgumentException when the text is not of this kind; what was written until then
   *     is of no use
   */
  void write(JsonBytes out, byte[] text, int from, int to);
}
