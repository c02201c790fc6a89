package dev.firn.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeySetTest {

  private static final List<KeyKind> NUMBER = List.of(KeyKind.LONG);

  private static final List<KeyKind> TEXT_AND_NUMBER = List.of(KeyKind.BYTES, KeyKind.LONG);

  @Test
  void everyKeyIsFoundAtItsPlaceAndNoOther() throws Exception {
    Random random = new Random(5);
    for (int size : new int[] {0, 1, 9, 1000}) {
      List<byte[]> numbers = new ArrayList<>();
      List<byte[]> pairs = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        numbers.add(key(random.nextLong()));
        pairs.add(key("k" + random.nextInt(size), random.nextInt()));
      }
      assertFound(travelled(TestKeys.set(numbers, NUMBER)), key(random.nextLong()));
      assertFound(travelled(TestKeys.set(pairs, TEXT_AND_NUMBER)), key("k0\0", 1));
    }
  }

  private static void assertFound(KeySet keys, byte[] absent) {
    for (int i = 0; i < keys.size(); i++) {
      assertEquals(i, keys.find(bytes(TestKeys.of(keys, i))));
    }
    assertEquals(KeySet.ABSENT, keys.find(bytes(absent)));
  }

  @Test
  void aRangeHasKeysWithItsBoundsAndBetween() {
    KeySet numbers = TestKeys.set(List.of(key(-5L), key(10L), key(20L)), NUMBER);
    assertTrue(numbers.hasAny(new KeyRange(key(10L), key(10L))));
    assertTrue(numbers.hasAny(new KeyRange(key(-9L), key(-5L))));
    assertFalse(numbers.hasAny(new KeyRange(key(11L), key(19L))));
    assertFalse(numbers.hasAny(new KeyRange(key(21L), KeyRange.ALL.upper())));
    assertTrue(numbers.hasAny(KeyRange.ALL));
  }

  @Test
  void aRangeOfTheFirstColumnHasAllKeysThatBeginWithIt() {
    KeySet pairs = TestKeys.set(List.of(key("b", 1), key("b", 9), key("bb", 1)), TEXT_AND_NUMBER);
    assertTrue(pairs.hasAny(new KeyRange(key("b"), key("b"))));
    assertTrue(pairs.hasAny(new KeyRange(key("a"), key("b"))));
    assertTrue(pairs.hasAny(new KeyRange(key("b", 2), key("b", 9))));
    assertFalse(pairs.hasAny(new KeyRange(key("b", 2), key("b", 8))));
    assertFalse(pairs.hasAny(new KeyRange(key("ba"), key("ba"))));
    assertFalse(pairs.hasAny(new KeyRange(key("c"), KeyRange.ALL.upper())));
    assertEquals("b", new String(pairs.range().lower(), 0, 1, StandardCharsets.UTF_8));
    assertEquals(4, pairs.range().upper().length);
  }

  @Test
  void keysOutOfOrderAreRefused() {
    KeySetBuilder numbers = KeySet.builder(KeyKind.LONG).add(key(5L), 0, 8);
    assertThrows(IllegalArgumentException.class, () -> numbers.add(key(5L), 0, 8));
    byte[] pair = key("b", 1);
    KeySetBuilder pairs = KeySet.builder(KeyKind.BYTES, KeyKind.LONG).add(pair, 0, pair.length);
    assertThrows(IllegalArgumentException.class, () -> pairs.add(pair, 0, pair.length));
  }

  private static byte[] key(Object... values) {
    List<KeyKind> kinds =
        Arrays.stream(values)
            .map(value -> value instanceof String ? KeyKind.BYTES : KeyKind.LONG)
            .toList();
    return TestKeys.of(List.of(values), kinds);
  }

  private static KeyBytes bytes(byte[] key) {
    KeyBytes bytes = new KeyBytes();
    bytes.append(key, 0, key.length);
    return bytes;
  }

  private static KeySet travelled(KeySet keys) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(keys);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (KeySet) in.readObject();
    }
  }
}
