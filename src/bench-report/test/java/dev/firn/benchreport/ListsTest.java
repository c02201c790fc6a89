package dev.firn.benchreport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ListsTest {

  @Test
  void aLongItemContinuesInIndentedLines() {
    String word = "x".repeat(57);
    assertEquals(
        "- " + word + " " + word + "\n  " + word + "\n- next\n",
        Lists.wrapped("- " + word + " " + word + " " + word + "\n- next\n"));
  }

  @Test
  void linesOfAnItemAreFilledBeforeTheNextOneBegins() {
    assertEquals("- one two three\n- four\n", Lists.wrapped("- one\n  two\n  three\n- four\n"));
  }

  @Test
  void aLineOfExactlyTheWidthStays() {
    String full = "- " + "x".repeat(114) + " y";
    assertEquals(full + "\n", Lists.wrapped(full + "\n"));
    assertEquals(full + "\n  z\n", Lists.wrapped(full + " z\n"));
  }

  @Test
  void whatIsNoListStaysAsItIs() {
    String table = "\n## How\n\n| " + "x ".repeat(100) + "|\n";
    assertEquals(table, Lists.wrapped(table));
  }
}
