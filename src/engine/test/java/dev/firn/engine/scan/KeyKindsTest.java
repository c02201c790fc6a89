package dev.firn.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.KeyKind;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One table with a column of each kind: any of them may be searched as if it were the key. */
@OnSpark
class KeyKindsTest {

  private static final KeyShape COLUMNS =
      new KeyShape(
          "id BIGINT = n",
          "small INT = 500 - n",
          "spread BIGINT = n * 1000003 - 70000000",
          "street STRING = concat('Straße ', n % 7, '-', n)",
          "hash STRING = md5(CAST(n AS STRING))",
          "price DECIMAL(9,2) = n - 500.25",
          "amount DECIMAL(18,3) = n * 100003 - 500.125",
          "wide DECIMAL(38,9) = (n - 500) * 10000000000000000000.000000001",
          "day DATE = date_add(DATE'1970-01-01', CAST(n - 500 AS INT))",
          "at TIMESTAMP = timestamp_micros((n - 500) * 86400000123)",
          "digest BINARY = unhex(md5(CAST(n AS STRING)))",
          "zeros BINARY = unhex(lpad(hex(n), 8, '0'))",
          "ratio DOUBLE = if(n = 3, double('NaN'), if(n = 4, double('-0.0'), n / 3 - 100))",
          "half FLOAT = n / 2 - 100",
          "even BOOLEAN = n % 2 = 0",
          "part BIGINT = n DIV 5",
          "line INT = n % 5",
          "region STRING = concat('r', n DIV 300)");

  private static Table table;
  private static List<Row> rows;

  @BeforeAll
  static void fill(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, COLUMNS);
    scenario.insert(ScanScenario.range(0, 700));
    scenario.insert("SELECT id AS n FROM range(900, 1000, 1, 1)");
    table = scenario.table();
    rows = lake.query("SELECT *, _file, _pos FROM " + lake.table("scanned"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small",
        "spread",
        "street",
        "hash",
        "price",
        "amount",
        "wide",
        "day",
        "at",
        "digest",
        "zeros",
        "ratio",
        "half",
        "even,id",
        "part,line",
        "line,part",
        "region,wide,day"
      })
  void findsTheKeysThatAreThere(String key) {
    ScanColumns columns = columns(key.split(","));
    for (int share : new int[] {1, 20, 700}) {
      Random random = new Random(share);
      List<Row> batch = rows.stream().filter(row -> random.nextInt(1000) < share).toList();

      assertEquals(expected(batch), found(columns, batch), "of 1000 rows " + share);
    }
  }

  private static Set<String> expected(List<Row> batch) {
    return batch.stream()
        .map(row -> line(row.getString(row.length() - 2), row.getLong(row.length() - 1), row))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String line(String file, long place, Row row) {
    return "%s %d %d".formatted(file, place, row.getLong(row.fieldIndex(RowMetadata.SEQ)));
  }

  private static Set<String> found(ScanColumns columns, List<Row> batch) {
    KeySet keys = keys(columns, batch);
    KeyScan scan = new KeyScan(table.io(), columns, keys);
    Set<String> lines = new TreeSet<>();
    long snapshot = table.currentSnapshot().snapshotId();
    for (ScanFile file : FilePlan.of(table, snapshot, columns, keys).files()) {
      scan.scan(
          file,
          Position.NONE,
          (key, place, epoch, lsn, seq) ->
              lines.add("%s %d %d".formatted(file.location(), place, seq)));
    }
    return lines;
  }

  private static KeySet keys(ScanColumns columns, List<Row> batch) {
    List<byte[]> keys = new ArrayList<>();
    for (Row row : batch) {
      List<Object> values = new ArrayList<>();
      columns.key().forEach(field -> values.add(row.getAs(field.name())));
      keys.add(TestKeys.of(values, columns.kinds()));
    }
    return TestKeys.set(keys, columns.kinds());
  }

  private static ScanColumns columns(String... names) {
    List<NestedField> key =
        Arrays.stream(names).map(name -> table.schema().findField(name)).toList();
    List<KeyKind> kinds = key.stream().map(field -> KeyKind.of(field.type())).toList();
    return new ScanColumns(
        key,
        kinds,
        RowMetadata.POSITION.stream().map(name -> table.schema().findField(name)).toList());
  }
}
