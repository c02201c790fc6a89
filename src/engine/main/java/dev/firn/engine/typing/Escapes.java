package dev.firn.engine.typing;

/**
 * The escapes of a JSON string (RFC 8259, section 7). A single surrogate is not accepted: UTF-8
 * cannot encode it.
 */
final class Escapes {

  private static final int UNIT = "\\uXXXX".length();

  private Escapes() {}

  /** The length of the escape that starts at this backslash; 0 if it is not a valid escape. */
  static int length(byte[] bytes, int at, int limit) {
    if (limit - at < 2) {
      return 0;
    }
    if (bytes[at + 1] != 'u') {
      return simple(bytes[at + 1]) < 0 ? 0 : 2;
    }
    int character = character(bytes, at, limit);
    return character < 0 ? 0 : unitsOf(character);
  }

  /**
   * Decodes a string whose escapes are known to be valid.
   *
   * @param out at least as long as the string
   * @return the index after the written bytes
   */
  static int unescape(byte[] bytes, int from, int to, byte[] out) {
    int written = 0;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        out[written++] = bytes[at++];
      } else if (bytes[at + 1] != 'u') {
        out[written++] = (byte) simple(bytes[at + 1]);
        at += 2;
      } else {
        int character = character(bytes, at, to);
        written = Utf8.write(character, out, written);
        at += unitsOf(character);
      }
    }
    return written;
  }

  private static int unitsOf(int character) {
    return Character.charCount(character) * UNIT;
  }

  /** The character of one {@code \}{@code uXXXX} or a pair of them; negative if it is invalid. */
  private static int character(byte[] bytes, int at, int limit) {
    int unit = unit(bytes, at, limit);
    if (unit < 0 || !Character.isSurrogate((char) unit)) {
      return unit;
    }
    int low = unit(bytes, at + UNIT, limit);
    boolean pair =
        low >= 0 && Character.isHighSurrogate((char) unit) && Character.isLowSurrogate((char) low);
    return pair ? Character.toCodePoint((char) unit, (char) low) : -1;
  }

  private static int unit(byte[] bytes, int at, int limit) {
    if (limit - at < UNIT || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + UNIT; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  private static int simple(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }
}
