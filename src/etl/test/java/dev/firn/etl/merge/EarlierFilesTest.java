package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine finds the old rows in files that were not written by it. */
@OnSpark
class EarlierFilesTest {

  private TestLake lake;
  private RawFiles raw;

  static Set<String> engines() {
    return EngineLake.ENGINES.keySet();
  }

  static List<String[]> enginesAndFormats() {
    return EngineLake.ENGINES.keySet().stream()
        .flatMap(
            engine -> List.of(new String[] {engine, "avro"}, new String[] {engine, "orc"}).stream())
        .toList();
  }

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    raw = new RawFiles(empty.raw());
    raw.schema(Sales.SCHEMA);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRowThatAnotherToolDeletedByItsValueIsNotThere(String engine) throws IOException {
    EngineLake sales = threeRows(engine, Map.of());
    deleteByValue(sales.table(), 1, 2);

    assertEquals(new EventCounts(3, 0, 0, 0), changesOfAll(sales));
    assertEquals(List.of("1|10|new", "2|20|null", "3|30|c"), rows());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aRowThatAnotherToolDeletedByItsPlaceIsNotThere(String engine) {
    EngineLake sales = threeRows(engine, Map.of());
    lake.query("DELETE FROM " + lake.table("sales") + " WHERE id <= 2");

    assertEquals(new EventCounts(3, 0, 0, 0), changesOfAll(sales));
    assertEquals(List.of("1|10|new", "2|20|null", "3|30|c"), rows());
  }

  @ParameterizedTest
  @MethodSource("enginesAndFormats")
  void filesThatAreNotParquetAreMergedInto(String engine, String format) {
    EngineLake sales = threeRows(engine, Map.of(TableProperties.DEFAULT_FILE_FORMAT, format));

    assertEquals(new EventCounts(3, 0, 0, 0), changesOfAll(sales));
    assertEquals(List.of("1|10|new", "2|20|b", "3|30|c"), rows());
  }

  private EngineLake threeRows(String engine, Map<String, String> properties) {
    EngineLake sales = new EngineLake(engine, lake, Sales.TOKEN, properties);
    raw.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"), Sales.insert(12, 3, 3, "c"));
    sales.merge();
    return sales;
  }

  private EventCounts changesOfAll(EngineLake sales) {
    raw.file(
        Sales.update(20, 1, 10, "new"),
        Sales.updateWithoutNote(21, 2, 20),
        Sales.updateWithoutNote(22, 3, 30));
    return sales.merge().counts();
  }

  private static void deleteByValue(Table table, int... ids) throws IOException {
    Schema key = table.schema().select("id");
    String path = table.locationProvider().newDataLocation("eq-" + UUID.randomUUID() + ".parquet");
    EqualityDeleteWriter<Record> writer =
        Parquet.writeDeletes(table.io().newOutputFile(path))
            .forTable(table)
            .rowSchema(key)
            .withSpec(table.spec())
            .equalityFieldIds(key.findField("id").fieldId())
            .createWriterFunc(GenericParquetWriter::create)
            .buildEqualityWriter();
    try (writer) {
      Record record = GenericRecord.create(key);
      Arrays.stream(ids).forEach(id -> writer.write(record.copy("id", id)));
    }
    table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
  }

  private List<String> rows() {
    return lake.query("SELECT id, qty, note FROM " + lake.table("sales") + " ORDER BY id").stream()
        .map(row -> row.mkString("|"))
        .toList();
  }
}
