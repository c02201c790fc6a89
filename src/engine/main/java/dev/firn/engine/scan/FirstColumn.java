package dev.firn.engine.scan;

import dev.firn.engine.row.KeyKind;
import java.io.Serializable;

/** The range of the first column of a key. */
record FirstColumn(KeyKind kind) implements Serializable {

  private static final int WIDE = 16;

  int length(byte[] key, int from) {
    return switch (kind) {
      case LONG, DOUBLE -> Long.BYTES;
      case WIDE -> WIDE;
      case BYTES -> terminated(key, from);
    };
  }

  private static int terminated(byte[] key, int from) {
    int at = from;
    while (key[at] != 0 || key[at + 1] != 0) {
      at += key[at] == 0 ? 2 : 1;
    }
    return at + 2 - from;
  }
}
