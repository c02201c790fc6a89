package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnSpark
class KeyWideningTest {

  private static final SchemaDocument WIDER =
      Sales.schema(
          new Column("id", "int8", List.of(), false, 1),
          new Column("qty", "int4", List.of(), true, 0),
          new Column("note", "text", List.of(), true, 0));
  private static final long WIDE = 1L << 40;

  @Test
  void aDeleteOfAKeyThatOnlyTheWiderTypeHoldsIsRemembered(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.delete(11, 1), Sales.delete(12, 2));
    sales.merge();
    sales.raw().schema(WIDER);
    sales.file(
        Sales.event(WIDER, Operation.DELETE, 30, RowImage.deleted(Sales.key(WIDE))),
        Sales.event(WIDER, Operation.DELETE, 31, RowImage.deleted(Sales.key(1))));
    assertEquals(new EventCounts(2, 0, 0, 0), sales.merge().counts());

    sales.file(
        Sales.event(
            WIDER,
            Operation.INSERT,
            20,
            RowImage.written(Sales.key(WIDE), Sales.row(WIDE, 1, "late"))));
    assertEquals(new EventCounts(0, 1, 0, 0), sales.merge().counts());
    assertEquals(List.of(), sales.rows());
  }
}
