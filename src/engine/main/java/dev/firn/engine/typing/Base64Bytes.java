package dev.firn.engine.typing;

import java.util.Arrays;

/** Decodes base64 with padding (RFC 4648, section 4) without creating an object. */
final class Base64Bytes {

  private static final byte[] SEXTETS = sextets();

  private Base64Bytes() {}

  /**
   * Decodes into {@code out}, from its start.
   *
   * @return the number of bytes; -1 if the text is not base64
   */
  static int decode(byte[] text, int from, int to, byte[] out) {
    if (((to - from) & 3) != 0) {
      return -1;
    }
    int padding = padding(text, from, to);
    int written = 0;
    for (int i = from; i < to; i += 4) {
      boolean last = i + 4 == to;
      int bits = bits(text, i, last ? 4 - padding : 4);
      if (bits < 0) {
        return -1;
      }
      out[written] = (byte) (bits >> 16);
      out[written + 1] = (byte) (bits >> 8);
      out[written + 2] = (byte) bits;
      written += 3;
    }
    return written - padding;
  }

  private static int padding(byte[] text, int from, int to) {
    if (to == from || text[to - 1] != '=') {
      return 0;
    }
    return text[to - 2] == '=' ? 2 : 1;
  }

  /**
   * The bits of four letters, with zeros after the first {@code count}; negative if a letter is not
   * base64.
   */
  private static int bits(byte[] text, int at, int count) {
    int bits = 0;
    int wrong = 0;
    for (int i = 0; i < 4; i++) {
      byte letter = text[at + i];
      int sextet = i >= count ? 0 : letter < 0 ? -1 : SEXTETS[letter];
      wrong |= sextet;
      bits = bits << 6 | sextet;
    }
    return wrong < 0 ? -1 : bits;
  }

  private static byte[] sextets() {
    byte[] sextets = new byte[128];
    Arrays.fill(sextets, (byte) -1);
    byte[] letters =
        JsonText.ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    for (int i = 0; i < letters.length; i++) {
      sextets[letters[i]] = (byte) i;
    }
    return sextets;
  }
}
