package dev.firn.cdc.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads PostgreSQL's text of an array (documentation, "Array Input and Output Syntax"): {@code
 * {1,NULL,"a \"b\""}}, nested, and with bounds before it where they do not begin at 1: {@code
 * [2:3]={1,2}}. Bounds are dropped: JSON has no place for them.
 */
final class ArrayLiteral {

  private static final int MAX_DIMENSIONS = 6;

  private final String text;
  private final char delimiter;
  private final PgType element;
  private int at;

  private ArrayLiteral(String text, char delimiter, PgType element) {
    this.text = text;
    this.delimiter = delimiter;
    this.element = element;
  }

  static List<Object> read(String text, char delimiter, PgType element) {
    ArrayLiteral literal = new ArrayLiteral(text, delimiter, element);
    literal.skipBounds();
    List<Object> values = literal.list(1);
    if (literal.at != text.length()) {
      throw literal.malformed();
    }
    return values;
  }

  private void skipBounds() {
    if (text.startsWith("[")) {
      at = text.indexOf('=') + 1;
    }
  }

  private List<Object> list(int depth) {
    expect('{');
    List<Object> values = new ArrayList<>();
    if (depth > MAX_DIMENSIONS) {
      throw malformed();
    }
    if (peek() == '}') {
      at++;
      return values;
    }
    while (true) {
      values.add(peek() == '{' ? list(depth + 1) : value());
      char next = next();
      if (next == '}') {
        return Collections.unmodifiableList(values);
      }
      if (next != delimiter) {
        throw malformed();
      }
    }
  }

  private Object value() {
    if (peek() == '"') {
      return element.read(quoted());
    }
    int start = at;
    while (peek() != delimiter && peek() != '}') {
      at++;
    }
    String bare = text.substring(start, at);
    return bare.equals("NULL") ? null : element.read(bare);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      char next = next();
      if (next == '"') {
        return value.toString();
      }
      value.append(next == '\\' ? next() : next);
    }
  }

  private void expect(char expected) {
    if (next() != expected) {
      throw malformed();
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at);
  }

  private char next() {
    char next = peek();
    at++;
    return next;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("not an array literal, at character " + at);
  }
}
