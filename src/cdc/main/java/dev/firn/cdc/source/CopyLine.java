package dev.firn.cdc.source;

import dev.firn.cdc.pgoutput.Tuple;

/**
 * Reads one row of COPY … TO in text format (PostgreSQL documentation, COPY, "Text Format"):
 * columns between tabs, {@code \N} for NULL, control characters and backslashes escaped.
 */
final class CopyLine {

  private final byte[] line;
  private final int end;
  private final Tuple.Builder row;
  private final int columns;

  private CopyLine(byte[] line, int columns) {
    this.line = line;
    this.end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    this.row = Tuple.builder(line, columns);
    this.columns = columns;
  }

  /**
   * @param line is modified: escapes are decoded in place
   */
  static Tuple read(byte[] line, int columns) {
    return new CopyLine(line, columns).read();
  }

  private Tuple read() {
    int column = 0;
    int start = 0;
    boolean escaped = false;
    for (int i = 0; i <= end; i++) {
      if (i == end || line[i] == '\t') {
        if (column == columns) {
          throw new IllegalStateException("Cannot read row of COPY: more columns than " + columns);
        }
        value(column++, start, i, escaped);
        start = i + 1;
        escaped = false;
      } else if (line[i] == '\\') {
        escaped = true;
      }
    }
    if (column < columns) {
      throw new IllegalStateException(
          "Cannot read row of COPY: %s columns are expected, but it has %s"
              .formatted(columns, column));
    }
    return row.build();
  }

  private void value(int column, int from, int to, boolean escaped) {
    if (!escaped) {
      row.text(column, from, to);
    } else if (to - from == 2 && line[from + 1] == 'N') {
      row.setNull(column);
    } else {
      row.text(column, from, unescaped(from, to));
    }
  }

  // A decoded character is shorter than its escape.
  private int unescaped(int from, int to) {
    int length = from;
    for (int i = from; i < to; i++) {
      line[length++] = line[i] == '\\' && i + 1 < to ? meaning(line[++i]) : line[i];
    }
    return length;
  }

  private static byte meaning(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      default -> escaped;
    };
  }
}
