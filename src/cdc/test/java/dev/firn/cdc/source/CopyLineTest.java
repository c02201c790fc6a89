package dev.firn.cdc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.pgoutput.Tuple;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CopyLineTest {

  @Test
  void columnsAreSeparatedByTabs() {
    Tuple row = read("1\t\tHuế\n", 3);

    assertEquals("1", row.text(0));
    assertEquals("", row.text(1));
    assertEquals("Huế", row.text(2));
  }

  @Test
  void nullIsNotTheTextOfIt() {
    Tuple row = read("\\N\t\\\\N\n", 2);

    assertTrue(row.isNull(0));
    assertEquals("\\N", row.text(1));
  }

  @Test
  void escapesAreUndone() {
    assertEquals("a\tb\nc\\d\r\b\f\u000B", read("a\\tb\\nc\\\\d\\r\\b\\f\\v\n", 1).text(0));
  }

  @Test
  void anotherNumberOfColumnsIsAnError() {
    assertThrows(IllegalStateException.class, () -> read("1\t2\n", 1));
    assertThrows(IllegalStateException.class, () -> read("1\n", 2));
  }

  private static Tuple read(String line, int columns) {
    return CopyLine.read(line.getBytes(StandardCharsets.UTF_8), columns);
  }
}
