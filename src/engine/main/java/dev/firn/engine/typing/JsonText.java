package dev.firn.engine.typing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the bytes of JSON without white space. It accepts only a part of valid JSON, and
 * nothing that is invalid: a method returns false for input that it does not accept, and then the
 * place of the cursor is undefined.
 *
 * <p>Strings are searched eight bytes at a time: a word's lowest byte that is a quote, a backslash,
 * a control character or not ASCII is found by the arithmetic of <i>Bit Twiddling Hacks</i>
 * ("determine if a word has a byte less than n").
 */
final class JsonText {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private static final int LONG_DIGITS = 19;

  /** Longer than any number that Firn writes; a JSON reader may refuse very long ones. */
  private static final int NUMBER_LETTERS = 40;

  private byte[] bytes = {};
  private int at;
  private int limit;
  private int from;
  private boolean escaped;
  private long number;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void over(byte[] content, int offset, int end) {
    this.bytes = content;
    this.at = offset;
    this.limit = end;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  void moveTo(int index) {
    at = index;
  }

  /** The byte at the cursor; 0 at the end. */
  byte peek() {
    return at < limit ? bytes[at] : 0;
  }

  /** Reads these bytes, if they are next. */
  boolean take(byte[] expected) {
    return take(expected, 0);
  }

  /** Reads these bytes without the first ones, if they are next. */
  boolean take(byte[] expected, int first) {
    return take(expected, first, expected.length - first);
  }

  /** Reads this many of these bytes, if they are next. */
  boolean take(byte[] expected, int first, int length) {
    if (limit - at < length || !isNext(expected, first, length)) {
      return false;
    }
    at += length;
    return true;
  }

  private boolean isNext(byte[] expected, int first, int length) {
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      if ((long) WORD.get(bytes, at + i) != (long) WORD.get(expected, first + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (bytes[at + i] != expected[first + i]) {
        return false;
      }
    }
    return true;
  }

  boolean take(char expected) {
    if (at < limit && bytes[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  boolean takeNull() {
    return take(NULL);
  }

  /** Reads true or false into {@link #number()}: 1 or 0. */
  boolean takeBoolean() {
    number = peek() == 't' ? 1 : 0;
    return take(number == 1 ? TRUE : FALSE);
  }

  /** Reads an integer of 64 bits into {@link #number()}. */
  boolean takeInteger() {
    boolean negative = take('-');
    int first = at;
    if (!takeDigits() || at - first > LONG_DIGITS || (negative && bytes[first] == '0')) {
      return false;
    }
    long value = 0;
    for (int i = first; i < at; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    number = negative ? -value : value;
    // 19 digits stay below 2^64, so what is beyond 2^63 shows as negative.
    return value >= 0;
  }

  long number() {
    return number;
  }

  /** Reads the part of a number before its point. */
  boolean takeDigits() {
    int first = at;
    takeAnyDigits();
    return at > first && (bytes[first] != '0' || at == first + 1);
  }

  private boolean takeAnyDigits() {
    int first = at;
    while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at > first;
  }

  /** Reads any number; it starts at {@link #from()}. */
  boolean takeNumber() {
    from = at;
    take('-');
    if (!takeDigits()) {
      return false;
    }
    if (take('.') && !takeAnyDigits()) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return takeAnyDigits() && at - from <= NUMBER_LETTERS;
    }
    return at - from <= NUMBER_LETTERS;
  }

  /** The start of the last number, or of the content of the last string. */
  int from() {
    return from;
  }

  /** The end of the content of the last string. */
  int to() {
    return at - 1;
  }

  /** Whether the last string contains an escape. */
  boolean isEscaped() {
    return escaped;
  }

  /** Reads a string of well-formed UTF-8 with valid escapes. */
  boolean takeString() {
    if (!take('"')) {
      return false;
    }
    from = at;
    escaped = false;
    while (true) {
      skipPlain();
      if (at >= limit) {
        return false;
      }
      byte special = bytes[at];
      if (special == '"') {
        at++;
        return true;
      }
      int length = special == '\\' ? escape() : Utf8.length(bytes, at, limit);
      if (length == 0) {
        return false;
      }
      at += length;
    }
  }

  private int escape() {
    escaped = true;
    return Escapes.length(bytes, at, limit);
  }

  /** Moves to the next byte that is a quote, an escape, a control character or not ASCII. */
  private void skipPlain() {
    int i = at;
    while (i + Long.BYTES <= limit) {
      long found = specials((long) WORD.get(bytes, i));
      if (found != 0) {
        at = i + (Long.numberOfTrailingZeros(found) >>> 3);
        return;
      }
      i += Long.BYTES;
    }
    while (i < limit && isPlain(bytes[i])) {
      i++;
    }
    at = i;
  }

  private static long specials(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long found =
        ((word - SPACES) & ~word)
            | ((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | word;
    return found & HIGHS;
  }

  private static boolean isPlain(byte letter) {
    return letter >= ' ' && letter != '"' && letter != '\\';
  }

  /**
   * Reads a scalar, or a list of scalars, that {@link dev.firn.contract.ChangeEventReader} would
   * accept, for any column.
   */
  boolean takeValue() {
    return peek() == '[' ? takeList() >= 0 : takeScalar();
  }

  /** Reads a list of scalars; returns their number, negative if it is not such a list. */
  int takeList() {
    if (!take('[')) {
      return -1;
    }
    int count = 0;
    while (!take(']')) {
      if ((count > 0 && !take(',')) || !takeScalar()) {
        return -1;
      }
      count++;
    }
    return count;
  }

  private boolean takeScalar() {
    return switch (peek()) {
      case '"' -> takeString();
      case 'n' -> takeNull();
      case 't', 'f' -> takeBoolean();
      default -> takeFiniteNumber();
    };
  }

  // An integer that does not fit a long, and a double that is not finite, are rejected.
  private boolean takeFiniteNumber() {
    int first = at;
    if (takeInteger() && !isNumberPart(peek())) {
      return true;
    }
    at = first;
    return takeNumber()
        && DoubleText.isFraction(bytes, first, at)
        && Double.isFinite(DoubleText.parse(bytes, first, at));
  }

  private static boolean isNumberPart(byte letter) {
    return letter == '.' || letter == 'e' || letter == 'E';
  }
}
