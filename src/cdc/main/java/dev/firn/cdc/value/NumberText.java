package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;

/** PostgreSQL's texts of numbers, which are JSON's except for a few words. */
final class NumberText {

  private NumberText() {}

  static void requireInteger(byte[] text, int from, int to) {
    int first = from < to && text[from] == '-' ? from + 1 : from;
    for (int i = first; i < to; i++) {
      if (!isDigit(text[i])) {
        throw new IllegalArgumentException("digits are expected of an integer");
      }
    }
    if (first == to) {
      throw new IllegalArgumentException("digits are expected of an integer");
    }
  }

  /** NaN, Infinity, -Infinity. */
  static boolean isWord(byte[] text, int from, int to) {
    int first = from < to && text[from] == '-' ? from + 1 : from;
    return first < to && (text[first] == 'N' || text[first] == 'I');
  }

  /**
   * {@code 1} becomes {@code 1.0}: a reader without the type still sees that it is not an integer.
   */
  static void writeFloat(JsonBytes out, byte[] text, int from, int to) {
    boolean integral = true;
    for (int i = from; i < to; i++) {
      byte letter = text[i];
      if (letter == '.' || letter == 'e') {
        integral = false;
      } else if (!isDigit(letter) && letter != '-' && letter != '+') {
        throw new IllegalArgumentException("a number is expected of a float");
      }
    }
    if (from == to || !isDigit(text[to - 1])) {
      throw new IllegalArgumentException("a number is expected of a float");
    }
    out.verbatim(text, from, to);
    if (integral) {
      out.put((byte) '.');
      out.put((byte) '0');
    }
  }

  private static boolean isDigit(byte letter) {
    return letter >= '0' && letter <= '9';
  }
}
