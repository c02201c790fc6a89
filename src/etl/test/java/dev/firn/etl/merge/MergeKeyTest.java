package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnSpark
class MergeKeyTest {

  private static final SchemaDocument DAILY =
      Sales.schema(
          new Column("id", "date", List.of(), false, 1),
          new Column("qty", "int4", List.of(), true, 0),
          new Column("note", "text", List.of(), true, 0));
  private static final SchemaDocument KEYLESS =
      Sales.schema(
          new Column("id", "int4", List.of(), true, 0),
          new Column("qty", "int4", List.of(), true, 0),
          new Column("note", "text", List.of(), true, 0));

  @Test
  void anInfiniteDateInTheKeyDoesNotBecomeTheKeyOfAnotherRow(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake, DAILY);
    sales.file(day(10, "infinity"), day(11, "9999-12-31"));

    assertEquals(new EventCounts(1, 0, 0, 1), sales.merge().counts());
    assertEquals(List.of("9999-12-31|1|9999-12-31"), sales.rows());
  }

  @Test
  void aTableWithoutAKeyKeepsEveryEventOnce(TestLake lake) {
    MergeScenario log = new MergeScenario(lake, KEYLESS);
    ChangeEvent[] events = {logged(10, 1), logged(11, 1), logged(12, 2)};
    log.file(events);
    assertEquals(new EventCounts(3, 0, 0, 0), log.merge().counts());

    log.file(events);
    assertEquals(new EventCounts(0, 0, 3, 0), log.merge().counts());
    assertEquals(List.of("1|1|a", "1|1|a", "2|1|a"), log.rows());
  }

  private static ChangeEvent day(long lsn, String day) {
    Map<String, Object> row = Sales.row(0, 1, day);
    row.put("id", day);
    return Sales.event(DAILY, Operation.INSERT, lsn, RowImage.written(Map.of("id", day), row));
  }

  private static ChangeEvent logged(long lsn, long id) {
    return Sales.event(
        KEYLESS, Operation.INSERT, lsn, RowImage.written(Map.of(), Sales.row(id, 1, "a")));
  }
}
