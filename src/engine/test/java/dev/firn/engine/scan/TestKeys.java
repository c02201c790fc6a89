package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Keys as people read them, in bytes. */
final class TestKeys {

  private TestKeys() {}

  static byte[] of(List<?> values, List<KeyKind> kinds) {
    KeyBytes key = new KeyBytes();
    for (int i = 0; i < kinds.size(); i++) {
      put(values.get(i), kinds.get(i), key);
    }
    return Arrays.copyOf(key.bytes(), key.length());
  }

  private static void put(Object value, KeyKind kind, KeyBytes key) {
    switch (kind) {
      case LONG -> key.putLong(number(value));
      case DOUBLE -> key.putDouble(((Number) value).doubleValue());
      case WIDE -> key.putWide(((BigDecimal) value).unscaledValue());
      case BYTES -> {
        byte[] bytes =
            value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
        key.putBytes(bytes, 0, bytes.length);
      }
    }
  }

  private static long number(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue().longValueExact();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
    return value instanceof Boolean bool ? (bool ? 1 : 0) : ((Number) value).longValue();
  }

  static KeySet set(Collection<byte[]> keys, List<KeyKind> kinds) {
    TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
    sorted.addAll(keys);
    KeySetBuilder builder = KeySet.builder(kinds.toArray(KeyKind[]::new));
    sorted.forEach(key -> builder.add(key, 0, key.length));
    return builder.build();
  }

  static byte[] of(KeySet keys, int ordinal) {
    KeyBytes key = new KeyBytes();
    keys.key(ordinal, key);
    return Arrays.copyOf(key.bytes(), key.length());
  }
}
