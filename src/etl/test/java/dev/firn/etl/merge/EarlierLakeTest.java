package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.etl.lake.LakeCatalog;
import dev.firn.etl.lake.RowMetadata;
import dev.firn.etl.schema.TableShape;
import dev.firn.etl.testing.OnSpark;
import dev.firn.etl.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lakes that an earlier Firn made are taken over as they are. */
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
            .build(lake.catalog().mirror(Sales.TOKEN), TableShape.of(Sales.SCHEMA))
            .create();
    MergeScenario sales = new MergeScenario(lake);
    EngineLake engineLake = new EngineLake(engine, lake, Sales.TOKEN, Map.of());
    sales.file(Sales.insert(10, 1, 1, "a"));
    engineLake.merge();

    made.refresh();
    assertEquals(List.of("id"), TableDefaultsTest.order(made));
    assertEquals(List.of("1|1|a"), sales.rows());
  }
}
