package dev.firn.cdc.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeModifiersTest {

  @Test
  void numericHasPrecisionAndScale() {
    assertEquals(List.of(14, 2), TypeModifiers.decode("numeric", ((14 << 16) | 2) + 4));
    assertEquals(List.of(1000, 0), TypeModifiers.decode("numeric", (1000 << 16) + 4));
    assertEquals(List.of(5, -3), TypeModifiers.decode("numeric", ((5 << 16) | (-3 & 0x7FF)) + 4));
  }

  @Test
  void textHasALength() {
    assertEquals(List.of(20), TypeModifiers.decode("varchar", 24));
    assertEquals(List.of(1), TypeModifiers.decode("bpchar", 5));
  }

  @Test
  void noModifierIsNone() {
    assertEquals(List.of(), TypeModifiers.decode("numeric", -1));
    assertEquals(List.of(), TypeModifiers.decode("timestamptz", 3));
  }
}
