package dev.firn.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of JSON in its wire form: a value that is already UTF-8 is never converted to a
 * {@link String}. Commas are inserted where needed.
 *
 * <p>Meant to be cleared and reused. Not thread-safe.
 */
public final class JsonBytes {

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NO_BYTES = {};

  /**
   * The letter after the backslash, by byte; 0 where a byte needs no escape, 'u' where it needs a
   * Unicode escape.
   */
  private static final byte[] ESCAPES = escapes();

  private byte[] bytes = new byte[1024];
  private int size;

  /** {@code "name":}, to be given to {@link #field(byte[])} again and again. */
  public static byte[] fieldName(String name) {
    JsonBytes json = new JsonBytes();
    json.string(name);
    json.put((byte) ':');
    return json.toByteArray();
  }

  public void clear() {
    size = 0;
  }

  public int size() {
    return size;
  }

  /** The internal array. Its first {@link #size()} bytes are valid, until the next write. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return size == 0 ? NO_BYTES : Arrays.copyOf(bytes, size);
  }

  public void startObject() {
    put((byte) '{');
  }

  public void endObject() {
    put((byte) '}');
  }

  public void startArray() {
    put((byte) '[');
  }

  public void endArray() {
    put((byte) ']');
  }

  /**
   * @param name as {@link #fieldName(String)} gives it
   */
  public void field(byte[] name) {
    separate((byte) '{');
    verbatim(name, 0, name.length);
  }

  /** To be called before each element of an array. */
  public void element() {
    separate((byte) '[');
  }

  public void nullValue() {
    verbatim(NULL, 0, NULL.length);
  }

  public void bool(boolean value) {
    byte[] word = value ? TRUE : FALSE;
    verbatim(word, 0, word.length);
  }

  public void number(long value) {
    if (value < 0) {
      byte[] digits = ascii(Long.toString(value));
      verbatim(digits, 0, digits.length);
      return;
    }
    int length = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    ensure(length);
    long rest = value;
    for (int at = size + length - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += length;
  }

  /**
   * @param value finite: JSON has no other numbers
   */
  public void number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Cannot write number: it is not finite: " + value);
    }
    byte[] digits = ascii(Double.toString(value));
    verbatim(digits, 0, digits.length);
  }

  public void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  /** A string value of these bytes, which are UTF-8. */
  public void string(byte[] utf8, int from, int to) {
    put((byte) '"');
    int plain = from;
    for (int i = from; i < to; i++) {
      if (ESCAPES[utf8[i] & 0xFF] != 0) {
        verbatim(utf8, plain, i);
        escape(utf8[i]);
        plain = i + 1;
      }
    }
    verbatim(utf8, plain, to);
    put((byte) '"');
  }

  /** Bytes that are JSON already. */
  public void verbatim(byte[] json, int from, int to) {
    int length = to - from;
    ensure(length);
    System.arraycopy(json, from, bytes, size, length);
    size += length;
  }

  public void put(byte one) {
    ensure(1);
    bytes[size++] = one;
  }

  // The previous byte decides: no comma is needed after an opening bracket. A string cannot be
  // mistaken for one, since it ends with a quote.
  private void separate(byte opening) {
    if (size > 0 && bytes[size - 1] != opening) {
      put((byte) ',');
    }
  }

  private void escape(byte control) {
    byte letter = ESCAPES[control & 0xFF];
    put((byte) '\\');
    put(letter);
    if (letter == 'u') {
      put((byte) '0');
      put((byte) '0');
      put(HEX[control >> 4]);
      put(HEX[control & 0xF]);
    }
  }

  private void ensure(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, capacity(size, more));
    }
  }

  private static int capacity(int size, int more) {
    long wanted = Math.max((long) size + more, Math.min(2L * size, Integer.MAX_VALUE - 8));
    if (wanted > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("Cannot write event: it is longer than 2 GiB");
    }
    return (int) wanted;
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[256];
    Arrays.fill(escapes, 0, 0x20, (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
