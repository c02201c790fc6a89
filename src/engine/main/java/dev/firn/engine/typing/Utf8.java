package dev.firn.engine.typing;

/** Well-formed UTF-8 by table 3-7 of the Unicode Standard: no overlong form, no surrogate. */
final class Utf8 {

  private Utf8() {}

  /** The length of the non-ASCII character that starts here; 0 if it is not well-formed. */
  static int length(byte[] bytes, int at, int limit) {
    int first = bytes[at] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (limit - at < length || !isSecond(first, bytes[at + 1] & 0xFF)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static boolean isSecond(int first, int second) {
    int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= lowest && second <= highest;
  }

  /** Writes a character, and returns the index after it. */
  static int write(int character, byte[] out, int at) {
    if (character < 0x80) {
      out[at] = (byte) character;
      return at + 1;
    }
    int next = at;
    if (character < 0x800) {
      out[next++] = (byte) (0xC0 | (character >> 6));
    } else {
      if (character < 0x10000) {
        out[next++] = (byte) (0xE0 | (character >> 12));
      } else {
        out[next++] = (byte) (0xF0 | (character >> 18));
        out[next++] = (byte) (0x80 | ((character >> 12) & 0x3F));
      }
      out[next++] = (byte) (0x80 | ((character >> 6) & 0x3F));
    }
    out[next] = (byte) (0x80 | (character & 0x3F));
    return next + 1;
  }
}
