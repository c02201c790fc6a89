package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/** Converts values of Iceberg's and Parquet's bounds and dictionaries into parts of a key. */
final class KeyValues {

  private KeyValues() {}

  /** The bytes of one value. */
  static byte[] bytes(Object value, KeyKind kind) {
    KeyBytes key = new KeyBytes();
    put(value, kind, key);
    return Arrays.copyOf(key.bytes(), key.length());
  }

  /** Appends one value to the key. */
  static void put(Object value, KeyKind kind, KeyBytes key) {
    switch (kind) {
      case LONG, DOUBLE -> key.putLong(number(value, kind));
      case WIDE -> key.putWide(unscaled(value));
      case BYTES -> {
        byte[] bytes = content(value);
        key.putBytes(bytes, 0, bytes.length);
      }
    }
  }

  /** A value of eight bytes, as {@link LongKeySet} represents it. */
  static long number(Object value, KeyKind kind) {
    if (kind == KeyKind.DOUBLE) {
      return number(((Number) value).doubleValue());
    }
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    return value instanceof Integer || value instanceof Long
        ? ((Number) value).longValue()
        : unscaled(value).longValueExact();
  }

  /** In the order of {@link KeyBytes#putDouble}. */
  static long number(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static BigInteger unscaled(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue();
    }
    return value instanceof Binary binary
        ? new BigInteger(binary.getBytes())
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private static byte[] content(Object value) {
    if (value instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof Binary binary) {
      return binary.getBytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
