package dev.firn.local.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvFileTest {

  @Test
  void quotesCommasLineBreaksAndNullsAreRead() {
    List<Row> rows =
        CsvFile.parse("id,name,note\n1,\"Trà \"\"sen\"\", lốc 6\",\r\n2,,\"a\n\nb\"", "test");

    assertEquals("Trà \"sen\", lốc 6", rows.get(0).value("name"));
    assertNull(rows.get(0).value("note"));
    assertNull(rows.get(1).value("name"));
    assertEquals("a\n\nb", rows.get(1).value("note"));
    assertEquals(2, rows.size());
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    String text = "a,b\n\"x,\"\"y\"\"\",\n\"\",\"z\nz\"\n";
    List<Row> rows = CsvFile.parse(text, "test");

    assertEquals("", rows.get(1).value("a"));
    assertEquals(rows, CsvFile.parse("a,b\n" + CsvFile.write(rows), "again"));
  }

  @Test
  void aMistakeIsNamedWithItsLine() {
    assertEquals("sales.csv, line 4", place("a,b\n1,\"2\n2\"\n3\n"));
    assertEquals("sales.csv, line 2", place("a,b\n1,\"2"));
    assertEquals("sales.csv, line 2", place("a,b\n1,\"2\"3\n"));
  }

  private static String place(String text) {
    String message =
        assertThrows(OperatorException.class, () -> CsvFile.parse(text, "sales.csv")).getMessage();
    assertTrue(message.startsWith("Cannot read sample data: "), message);
    return message.replaceAll(".*: (sales.csv, line [0-9]+)\\. .*", "$1");
  }
}
