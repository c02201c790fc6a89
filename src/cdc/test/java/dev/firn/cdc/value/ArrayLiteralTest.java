package dev.firn.cdc.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.contract.JsonBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayLiteralTest {

  private static final PgType TEXTS = array("text", ',');
  private static final PgType INTEGERS = array("int4", ',');

  @Test
  void elementsAreReadByTheirType() {
    assertEquals("[1,-2]", written(INTEGERS, "{1,-2}"));
    assertEquals("[]", written(INTEGERS, "{}"));
    assertEquals("[true,false]", written(array("bool", ','), "{t,f}"));
    assertEquals("[\"AQ==\"]", written(array("bytea", ','), "{\"\\\\x01\"}"));
  }

  @Test
  void nullIsNotTheWordNull() {
    assertEquals("[null,\"NULL\",\"null\"]", written(TEXTS, "{NULL,\"NULL\",null}"));
  }

  @Test
  void quotesAndEscapesAreUndone() {
    assertEquals(
        "[\"a,b\",\"{x}\",\"say \\\"hi\\\"\",\"back\\\\slash\",\"\",\" \",\"Huế\"]",
        written(
            TEXTS, "{\"a,b\",\"{x}\",\"say \\\"hi\\\"\",\"back\\\\slash\",\"\",\" \",\"Huế\"}"));
  }

  @Test
  void dimensionsNestAndBoundsAreDropped() {
    assertEquals("[[1,2],[3,4]]", written(INTEGERS, "{{1,2},{3,4}}"));
    assertEquals("[1,2]", written(INTEGERS, "[2:3]={1,2}"));
    assertEquals("[[1]]", written(INTEGERS, "[-1:-1][0:0]={{1}}"));
  }

  @Test
  void boxesAreParted() {
    assertEquals(
        "[\"(1,1),(0,0)\",\"(2,2),(1,1)\"]",
        written(array("box", ';'), "{(1,1),(0,0);(2,2),(1,1)}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{1", "{1,", "{1}x", "1", "{\"a}", "{{1}", "[2:3]"})
  void brokenLiteralsAreErrors(String literal) {
    assertThrows(IllegalArgumentException.class, () -> written(TEXTS, literal));
  }

  private static String written(PgType type, String text) {
    byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    JsonBytes json = new JsonBytes();
    type.write(json, utf8, 1, utf8.length - 1);
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }

  private static PgType array(String element, char delimiter) {
    return new PgType.Array(new PgType.Scalar(element, ScalarKind.ofBuiltIn(element)), delimiter);
  }
}
