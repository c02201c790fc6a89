package dev.firn.cdc.source;

import dev.firn.cdc.pgoutput.Tuple;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one row of COPY … TO in text format (PostgreSQL documentation, COPY, "Text Format"):
 * columns between tabs, {@code \N} for NULL, control characters and backslashes escaped.
 */
final class CopyLine {

  private final byte[] line;
  private final int end;

  private CopyLine(byte[] line) {
    this.line = line;
    this.end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
  }

  static Tuple read(byte[] line, int columns) {
    return new CopyLine(line).read(columns);
  }

  private Tuple read(int columns) {
    String[] values = new String[columns];
    int column = 0;
    int start = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || line[i] == '\t') {
        if (column == columns) {
          throw new IllegalStateException("Cannot read row of COPY: more columns than " + columns);
        }
        values[column++] = value(start, i);
        start = i + 1;
      }
    }
    if (column < columns) {
      throw new IllegalStateException(
          "Cannot read row of COPY: %d columns are expected: %d".formatted(columns, column));
    }
    return Tuple.of(values);
  }

  private String value(int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] == '\\') {
        return to - from == 2 && line[from + 1] == 'N'
            ? null
            : unescaped(Arrays.copyOfRange(line, from, to));
      }
    }
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
    for (int i = 0; i < text.length; i++) {
      out.write(text[i] == '\\' && i + 1 < text.length ? meaning(text[++i]) : text[i]);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int meaning(byte escaped) {
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
