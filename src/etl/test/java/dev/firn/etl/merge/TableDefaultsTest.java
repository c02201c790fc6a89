package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.table.TableDefaults;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

@OnSpark
class TableDefaultsTest {

  private static final String METRICS = "write.metadata.metrics.column.";

  /** The key comes after a hundred and thirty other columns. */
  private static final SchemaDocument WIDE =
      Sales.schema(
          Stream.concat(
                  IntStream.range(0, 130)
                      .mapToObj(i -> new Column("c" + i, "int4", List.of(), true, 0)),
                  Stream.of(
                      new Column("id", "int4", List.of(), false, 1),
                      new Column("name", "text", List.of(), false, 2),
                      new Column("hash", "bytea", List.of(), false, 3)))
              .toArray(Column[]::new));

  @Test
  void boundsOfAKeyAreWholeUnlessItIsATextOrBytes() {
    Map<String, String> properties = TableDefaults.of(MirrorSchema.of(WIDE));

    assertEquals("full", properties.get(METRICS + "id"));
    assertEquals("truncate(64)", properties.get(METRICS + "name"));
    assertEquals("truncate(64)", properties.get(METRICS + "hash"));
    for (String position : List.of("_epoch", "_lsn", "_seq")) {
      assertEquals("full", properties.get(METRICS + position));
    }
    assertEquals(6, properties.keySet().stream().filter(name -> name.startsWith(METRICS)).count());
  }

  @Test
  void filesHaveTheBoundsOfKeyAndPositionAtAnyPlace(TestLake lake) {
    MergeScenario scenario = new MergeScenario(lake, WIDE);
    String name = "n".repeat(40);
    scenario.file(wide(10, 7, name));
    scenario.merge();

    Table table = lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
    assertEquals(List.of(7), lower(table, "id"));
    assertEquals(List.of(name), lower(table, "name").stream().map(Object::toString).toList());
    assertEquals(List.of(1), lower(table, "_epoch"));
    assertEquals(List.of(10L), lower(table, "_lsn"));
    assertEquals(List.of(0L), lower(table, "_seq"));
  }

  @Test
  void filesAreSortedByKeyAndTheTableDeclaresIt(TestLake lake) {
    MergeScenario scenario = new MergeScenario(lake, WIDE);
    scenario.file(wide(10, 7, "n"));
    scenario.merge();

    Table table = lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
    assertEquals(List.of("id", "name", "hash"), order(table));
    // Spark would sample and shuffle what it writes into a table with an order.
    assertEquals("hash", table.properties().get("write.distribution-mode"));
  }

  @Test
  void aTableThatWasMadeWithoutAnOrderGetsOneOnce(TestLake lake) {
    MergeScenario scenario = new MergeScenario(lake);
    scenario.file(Sales.insert(10, 1, 1, "a"));
    scenario.merge();
    Table table = lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
    assertEquals(List.of("id"), order(table));

    lake.query("ALTER TABLE " + lake.table("sales") + " WRITE UNORDERED");
    scenario.file(Sales.insert(20, 2, 1, "a"));
    scenario.merge();
    table.refresh();
    assertEquals(List.of(), order(table));
  }

  static List<String> order(Table table) {
    return table.sortOrder().fields().stream()
        .map(field -> table.schema().findColumnName(field.sourceId()))
        .toList();
  }

  @Test
  void theUsersPropertiesWinWhenTheTableIsMade(TestLake lake) {
    Map<String, String> own =
        Map.of("write.parquet.page-row-limit", "500", METRICS + "id", "counts", "x", "y");
    MergeScenario scenario =
        new MergeScenario(lake, Sales.SCHEMA, config -> Options.properties(config, own));
    scenario.file(Sales.insert(10, 1, 1, "a"));
    scenario.merge();

    Map<String, String> properties =
        lake.catalog().load(lake.catalog().mirror(Sales.TOKEN)).properties();
    assertTrue(properties.entrySet().containsAll(own.entrySet()), properties.toString());
    assertEquals("full", properties.get(METRICS + "_lsn"));
  }

  private static ChangeEvent wide(long lsn, long id, String name) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("id", id);
    key.put("name", name);
    key.put("hash", "AAAA");
    Map<String, Object> row = new LinkedHashMap<>();
    IntStream.range(0, 130).forEach(i -> row.put("c" + i, (long) i));
    row.putAll(key);
    return Sales.event(WIDE, Operation.INSERT, lsn, RowImage.written(key, row));
  }

  private static List<Object> lower(Table table, String column) {
    NestedField field = table.schema().findField(column);
    return StreamSupport.stream(
            table.newScan().includeColumnStats().planFiles().spliterator(), false)
        .map(task -> task.file().lowerBounds().get(field.fieldId()))
        .map(bound -> Conversions.fromByteBuffer(field.type(), bound))
        .toList();
  }
}
