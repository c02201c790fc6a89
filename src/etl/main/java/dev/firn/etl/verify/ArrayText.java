package dev.firn.etl.verify;

import java.util.List;

/**
 * PostgreSQL's text of a {@code text[]} (documentation, "Array Input and Output Syntax"). It
 * distinguishes NULL from every text and marks the end of each element, so two lists with the same
 * text are equal; and the server formats it in C, without evaluating an element twice.
 */
final class ArrayText {

  private ArrayText() {}

  /**
   * @param values null for NULL
   */
  static String of(List<String> values) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(out, values.get(i));
    }
    return out.append('}').toString();
  }

  private static void append(StringBuilder out, String value) {
    if (value == null) {
      out.append("NULL");
    } else if (isPlain(value)) {
      out.append(value);
    } else {
      quote(out, value);
    }
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      switch (value.charAt(i)) {
        case '"', '\\', '{', '}', ',', ' ', '\t', '\n', '\r', '\u000B', '\f' -> {
          return false;
        }
        default -> {}
      }
    }
    return !value.isEmpty() && !value.equalsIgnoreCase("NULL");
  }

  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '"' || character == '\\') {
        out.append('\\');
      }
      out.append(character);
    }
    out.append('"');
  }
}
