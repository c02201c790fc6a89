package dev.firn.cdc.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceOptions.Failover;
import org.junit.jupiter.api.Test;

class SlotKindTest {

  @Test
  void newServersKeepTheSlotForAFailoverUnlessConfiguredOtherwise() {
    assertEquals(SlotKind.FAILOVER, SlotKind.of(Failover.AUTO, 170000));
    assertEquals(SlotKind.FAILOVER, SlotKind.of(Failover.ON, 180001));
    assertEquals(SlotKind.PLAIN, SlotKind.of(Failover.OFF, 170000));
  }

  @Test
  void olderServersCannotAndSayItOnlyWhereItIsDemanded() {
    assertEquals(SlotKind.PLAIN, SlotKind.of(Failover.AUTO, 160009));
    assertThrows(OperatorException.class, () -> SlotKind.of(Failover.ON, 160009));
  }
}
