package dev.firn.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @Test
  void aUnitIs1024OfTheOneBefore() {
    assertEquals(OptionalLong.of(7), ByteSize.parse("7b"));
    assertEquals(OptionalLong.of(7L << 10), ByteSize.parse("7kb"));
    assertEquals(OptionalLong.of(512L << 20), ByteSize.parse("512mb"));
    assertEquals(OptionalLong.of(4L << 30), ByteSize.parse("4 GB"));
    assertEquals(OptionalLong.of(999_999L << 40), ByteSize.parse("999999tb"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4", "gb", "-1gb", "1.5gb", "0mb", "4gib", "1000000tb"})
  void anythingElseIsNoSize(String text) {
    assertEquals(OptionalLong.empty(), ByteSize.parse(text));
  }
}
