package dev.firn.engine.scan;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.testing.TestLake;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.spark.sql.Row;

/**
 * A table of numbered rows, whose key is made of the number and whose position is (1, n, 7 * n).
 * Searches answer lines {@code file|row|key|epoch|lsn|seq}, to be compared with SQL's own.
 */
final class ScanScenario {

  private static final String TOKEN = "scanned";

  private static final String POSITION =
      "CAST(1 AS INT) AS _epoch, n AS _lsn, 7 * n AS _seq, concat('note ', n) AS note";

  private final TestLake lake;
  private final KeyShape key;
  private final String table;

  /** Rows whose key was looked at in the last search. */
  private long examined;

  /** A table whose key is the number. */
  ScanScenario(TestLake lake, String... properties) {
    this(lake, new KeyShape("id BIGINT = n"), properties);
  }

  ScanScenario(TestLake lake, KeyShape key, String... properties) {
    this.lake = lake;
    this.key = key;
    this.table = lake.table(TOKEN);
    lake.query(
        """
        CREATE TABLE %s (%s, _epoch INT NOT NULL, _lsn BIGINT NOT NULL, _seq BIGINT NOT NULL,
          note STRING) USING iceberg TBLPROPERTIES (
          'write.delete.mode'='merge-on-read', 'write.parquet.page-row-limit'='100',
          'write.distribution-mode'='none'%s)
        """
            .formatted(
                table,
                key.types(),
                List.of(properties).stream().reduce("", (a, b) -> a + ", " + b)));
    UpdateSchema update = table().updateSchema();
    update.setIdentifierFields(key.exactNames()).commit();
  }

  Table table() {
    return lake.catalog().load(lake.catalog().mirror(new TableToken(TOKEN)));
  }

  void sql(String statement) {
    lake.query(statement.formatted(table));
  }

  /** Adds the rows of these numbers in one file. */
  void insert(String numbers) {
    lake.query(
        "INSERT INTO %s SELECT %s, %s FROM (%s) ORDER BY %s"
            .formatted(table, key.values(), POSITION, numbers, String.join(", ", key.names())));
  }

  static String range(long from, long to) {
    return "SELECT /*+ COALESCE(1) */ id AS n FROM range(%d, %d, 1, 1)".formatted(from, to);
  }

  ScanColumns columns() {
    return ScanColumns.of(RowShape.of(table().schema()));
  }

  /** The keys of these numbers. */
  KeySet keys(String numbers) {
    List<Row> rows = lake.query("SELECT %s FROM (%s)".formatted(key.values(), numbers));
    ScanColumns columns = columns();
    return TestKeys.set(
        rows.stream().map(row -> TestKeys.of(values(row, columns), columns.kinds())).toList(),
        columns.kinds());
  }

  FilePlan plan(KeySet keys) {
    Table table = table();
    return FilePlan.of(table, table.currentSnapshot().snapshotId(), columns(), keys);
  }

  Set<String> found(KeySet keys, Position lowest) {
    KeyScan scan = new KeyScan(table().io(), columns(), keys);
    Set<String> lines = new TreeSet<>();
    examined = 0;
    for (ScanFile file : plan(keys).files()) {
      examined +=
          scan.scan(
              file,
              lowest,
              (ordinal, row, epoch, lsn, seq) ->
                  lines.add(
                      line(file.location(), row, TestKeys.of(keys, ordinal), epoch, lsn, seq)));
    }
    return lines;
  }

  FilePlan plan() {
    Table table = table();
    return FilePlan.of(table, table.currentSnapshot().snapshotId(), columns());
  }

  /** The numbers of the live rows older than the one of number {@code n}. */
  Set<Long> olderThan(long n) {
    PositionScan scan = new PositionScan(table().io(), columns());
    Set<Long> numbers = new TreeSet<>();
    Position position = new Position(1, n, 7 * n);
    for (ScanFile file : plan().files()) {
      scan.scan(file, position, (ordinal, row, epoch, lsn, seq) -> numbers.add(lsn));
    }
    return numbers;
  }

  long examined() {
    return examined;
  }

  /** What SQL finds of these numbers. */
  Set<String> expected(String numbers) {
    String names = String.join(", ", key.names());
    String rows =
        """
        SELECT * FROM (SELECT %s, _file, _pos, _epoch, _lsn, _seq FROM %s)
        JOIN (SELECT DISTINCT %s FROM (%s)) USING (%s)
        """
            .formatted(names, table, key.values(), numbers, names);
    Set<String> lines = new TreeSet<>();
    ScanColumns columns = columns();
    int width = columns.key().size();
    for (Row row : lake.query(rows)) {
      lines.add(
          line(
              row.getString(width),
              row.getLong(width + 1),
              TestKeys.of(values(row, columns), columns.kinds()),
              row.getInt(width + 2),
              row.getLong(width + 3),
              row.getLong(width + 4)));
    }
    return lines;
  }

  private static List<Object> values(Row row, ScanColumns columns) {
    return IntStream.range(0, columns.key().size()).mapToObj(row::get).toList();
  }

  private static String line(String file, long row, byte[] key, int epoch, long lsn, long seq) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return "%s|%d|%s|%d|%d|%d".formatted(name, row, HexFormat.of().formatHex(key), epoch, lsn, seq);
  }
}
