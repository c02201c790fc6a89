package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lakes of earlier versions of Firn are used without migration. */
@OnSpark
class EarlierLakeTest {

  static Set<String> engines() {
    return EngineLake.ENGINES.keySet();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void tombstonesWithoutACommitTimeAreKeptAndNewOnesHaveIt(String engine, TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 1, "b"), Sales.delete(12, 1));
    sales.merge();
    Table tombstones = lake.catalog().load(lake.catalog().tombstones(Sales.TOKEN));
    tombstones.updateSchema().deleteColumn(RowMetadata.COMMITTED_AT).commit();
    EngineLake engineLake = new EngineLake(engine, lake, Sales.TOKEN, Map.of());

    sales.file(Sales.delete(20, 2), Sales.insert(9, 1, 1, "late"));
    engineLake.merge();

    assertEquals(List.of(), sales.rows());
    String table = LakeCatalog.sqlName(lake.catalog().tombstones(Sales.TOKEN));
    assertEquals(
        List.of("12|null", "20|" + Sales.HOUR),
        lake.query("SELECT _lsn, _committed_at FROM " + table + " ORDER BY _lsn").stream()
            .map(row -> row.mkString("|"))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aTableWithoutASortOrderGetsOne(String engine, TestLake lake) {
    Table made =
        lake.catalog()
            .build(lake.catalog().mirror(Sales.TOKEN), MirrorSchema.of(Sales.SCHEMA))
            .create();
    MergeScenario sales = new MergeScenario(lake);
    EngineLake engineLake = new EngineLake(engine, lake, Sales.TOKEN, Map.of());
    sales.file(Sales.insert(10, 1, 1, "a"));
    engineLake.merge();

    made.refresh();
    assertEquals(List.of("id"), TableDefaultsTest.order(made));
    assertEquals(List.of("1|1|a"), sales.rows());
  }

  @Test
  void whatAnEarlierFirnReadIsNotReadAgain(TestLake lake) throws IOException {
    MergeScenario scenario = new MergeScenario(lake);
    EngineLake sales = madeByAnEarlierFirn(scenario);

    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    scenario.file(Sales.insert(11, 2, 2, "b"));
    assertEquals(1, sales.merge().files());
    assertEquals(List.of("1|1|a", "2|2|b"), scenario.rows());
  }

  @Test
  void aSweepFindsFilesOfTheDaysThatWereRecordedAlone(TestLake lake) throws IOException {
    MergeScenario scenario = new MergeScenario(lake);
    EngineLake sales = madeByAnEarlierFirn(scenario);

    assertEquals(TableReport.NOTHING_DUE, sales.sweep().status());
    // From here on the day of the first file is before the look-back.
    scenario.raw().file(Sales.insert(11, 2, 2, "b"), Sales.HOUR.plus(Duration.ofDays(20)));
    assertEquals(1, sales.sweep().files());
    scenario.file(Sales.insert(12, 3, 3, "c"));
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    assertEquals(1, sales.sweep().files());
    assertEquals(List.of("1|1|a", "2|2|b", "3|3|c"), scenario.rows());
  }

  @ParameterizedTest(name = "snapshots are expired: {0}")
  @ValueSource(booleans = {false, true})
  void ofItsDeletesAllThatWasMergedCountsAsForgotten(boolean expired, TestLake lake)
      throws IOException {
    MergeScenario scenario = new MergeScenario(lake);
    EngineLake sales = new EngineLake("direct", lake, Sales.TOKEN, Map.of());
    scenario.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"), Sales.delete(30, 1));
    sales.merge();
    sales.forget();
    // A delete that arrives late, and is the only one whose tombstone remains.
    Instant young = Sales.HOUR.plus(Duration.ofDays(10));
    scenario.raw().file(Sales.delete(12, 7), young);
    scenario.raw().file(Sales.update(40, 2, 3, "c"), young);
    sales.merge();
    if (expired) {
      sales.compact();
      sales.expire();
    }
    sales.makeEarlier();

    scenario.raw().file(Sales.update(20, 1, 1, "older than its delete"), young);

    assertEquals(new EventCounts(0, 0, 0, 1), sales.merge().counts());
    assertEquals(List.of("2|3|c"), scenario.rows());
    assertEquals(List.of("id=1 at 1/0-14/0"), sales.olderThanMemory());
  }

  /** Leaves one row, and a file that was read long ago and that no manifest names any more. */
  private static EngineLake madeByAnEarlierFirn(MergeScenario scenario) throws IOException {
    EngineLake sales = new EngineLake("direct", scenario.lake(), Sales.TOKEN, Map.of());
    scenario.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    scenario.raw().file(Sales.insert(9, 9, 9, "z"), Sales.HOUR.minus(Duration.ofDays(20)));
    sales.makeEarlier();
    return sales;
  }
}
