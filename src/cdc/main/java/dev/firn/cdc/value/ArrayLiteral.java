package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;
import java.io.ByteArrayOutputStream;

/**
 * Reads PostgreSQL's text of an array (documentation, "Array Input and Output Syntax"): {@code
 * {1,NULL,"a \"b\""}}, nested, and with bounds in front if they do not begin at 1: {@code
 * [2:3]={1,2}}. Bounds are dropped: JSON has no place for them. Every byte that has a meaning is
 * ASCII, which in UTF-8 is never part of another character.
 */
final class ArrayLiteral {

  private static final int MAX_DIMENSIONS = 6;

  private final PgType element;
  private final char delimiter;
  private final byte[] text;
  private final int end;
  private int at;

  ArrayLiteral(PgType.Array type, byte[] text, int from, int to) {
    this.element = type.element();
    this.delimiter = type.delimiter();
    this.text = text;
    this.at = from;
    this.end = to;
  }

  void write(JsonBytes out) {
    skipBounds();
    list(out, 1);
    if (at != end) {
      throw malformed();
    }
  }

  private void skipBounds() {
    if (at < end && text[at] == '[') {
      while (next() != '=') {
        // The literal itself follows.
      }
    }
  }

  private void list(JsonBytes out, int depth) {
    if (next() != '{' || depth > MAX_DIMENSIONS) {
      throw malformed();
    }
    out.startArray();
    if (peek() == '}') {
      at++;
      out.endArray();
      return;
    }
    char next;
    do {
      out.element();
      if (peek() == '{') {
        list(out, depth + 1);
      } else {
        value(out);
      }
      next = next();
    } while (next == delimiter);
    if (next != '}') {
      throw malformed();
    }
    out.endArray();
  }

  private void value(JsonBytes out) {
    if (peek() == '"') {
      byte[] quoted = quoted();
      element.write(out, quoted, 0, quoted.length);
      return;
    }
    int start = at;
    while (peek() != delimiter && peek() != '}') {
      at++;
    }
    if (isNull(start)) {
      out.nullValue();
    } else {
      element.write(out, text, start, at);
    }
  }

  private boolean isNull(int start) {
    return at - start == 4
        && text[start] == 'N'
        && text[start + 1] == 'U'
        && text[start + 2] == 'L'
        && text[start + 3] == 'L';
  }

  private byte[] quoted() {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    at++;
    while (true) {
      char next = next();
      if (next == '"') {
        return value.toByteArray();
      }
      value.write(next == '\\' ? next() : next);
    }
  }

  private char peek() {
    if (at >= end) {
      throw malformed();
    }
    return (char) (text[at] & 0xFF);
  }

  private char next() {
    char next = peek();
    at++;
    return next;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("not an array literal, at byte " + at);
  }
}
