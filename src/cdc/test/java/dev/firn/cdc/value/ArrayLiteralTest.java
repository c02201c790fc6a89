package dev.firn.cdc.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayLiteralTest {

  private static final PgType TEXTS = array("text", ',');
  private static final PgType INTEGERS = array("int4", ',');

  @Test
  void elementsAreReadByTheirType() {
    assertEquals(List.of(1L, -2L), INTEGERS.read("{1,-2}"));
    assertEquals(List.of(), INTEGERS.read("{}"));
    assertEquals(List.of(true, false), array("bool", ',').read("{t,f}"));
    assertEquals(List.of("AQ=="), array("bytea", ',').read("{\"\\\\x01\"}"));
  }

  @Test
  void nullIsNotTheWordNull() {
    assertEquals(Arrays.asList(null, "NULL", "null"), TEXTS.read("{NULL,\"NULL\",null}"));
  }

  @Test
  void quotesAndEscapesAreUndone() {
    assertEquals(
        List.of("a,b", "{x}", "say \"hi\"", "back\\slash", "", " "),
        TEXTS.read("{\"a,b\",\"{x}\",\"say \\\"hi\\\"\",\"back\\\\slash\",\"\",\" \"}"));
  }

  @Test
  void dimensionsNestAndBoundsAreDropped() {
    assertEquals(List.of(List.of(1L, 2L), List.of(3L, 4L)), INTEGERS.read("{{1,2},{3,4}}"));
    assertEquals(List.of(1L, 2L), INTEGERS.read("[2:3]={1,2}"));
    assertEquals(List.of(List.of(1L)), INTEGERS.read("[-1:-1][0:0]={{1}}"));
  }

  @Test
  void boxesAreParted() {
    assertEquals(
        List.of("(1,1),(0,0)", "(2,2),(1,1)"), array("box", ';').read("{(1,1),(0,0);(2,2),(1,1)}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{1", "{1,", "{1}x", "1", "{\"a}", "{{1}", "[2:3]"})
  void brokenLiteralsAreErrors(String literal) {
    assertThrows(IllegalArgumentException.class, () -> TEXTS.read(literal));
  }

  private static PgType array(String element, char delimiter) {
    return new PgType.Array(new PgType.Scalar(element, ScalarKind.ofBuiltIn(element)), delimiter);
  }
}
