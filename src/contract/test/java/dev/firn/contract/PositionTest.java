package dev.firn.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {

  @Test
  void epochDecidesBeforeLsnAndLsnBeforeSeq() {
    assertTrue(new Position(2, 1, 1).isAfter(new Position(1, 9, 9)));
    assertTrue(new Position(1, 2, 1).isAfter(new Position(1, 1, 9)));
    assertTrue(new Position(1, 1, 2).isAfter(new Position(1, 1, 1)));
    assertFalse(new Position(1, 1, 1).isAfter(new Position(1, 1, 1)));
    assertTrue(new Position(1, 0, 0).isAfter(Position.NONE));
  }

  @Test
  void theLsnIsPrintedAsPostgresqlPrintsIt() {
    assertEquals("1/16-B374D848/3", new Position(1, 0x16B374D848L, 3).toString());
  }

  @Test
  void whatIsPrintedIsRead() {
    for (Position position :
        List.of(
            Position.NONE,
            new Position(1, 0x16B374D848L, 3),
            new Position(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))) {
      assertEquals(position, Position.parse(position.toString()));
    }
    assertThrows(IllegalArgumentException.class, () -> Position.parse("1/0/0"));
  }

  @Test
  void anLsnBeyond63BitsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Position(1, Long.MIN_VALUE, 0));
  }
}
