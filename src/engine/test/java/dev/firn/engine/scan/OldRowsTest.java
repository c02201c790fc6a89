package dev.firn.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

@OnSpark
class OldRowsTest {

  @Test
  void rowsAreReadByTheirPlaceFromAnyRowGroup(TestLake lake) {
    ScanScenario scenario =
        new ScanScenario(
            lake,
            "'write.parquet.row-group-size-bytes'='2000'",
            "'write.parquet.row-group-check-min-record-count'='100'",
            "'write.parquet.row-group-check-max-record-count'='100'");
    scenario.insert(ScanScenario.range(0, 3000));
    ScanFile file = scenario.plan(scenario.keys(ScanScenario.range(0, 3000))).files().get(0);
    assertTrue(file.file().splitOffsets().size() > 3, "row groups of " + file.file());

    List<String> read = read(scenario, file, 0, 1, 150, 1999, 2998, 2999);

    assertEquals(
        List.of(
            "0: 0 note 0 null",
            "1: 1 note 1 null",
            "150: 150 note 150 null",
            "1999: 1999 note 1999 null",
            "2998: 2998 note 2998 null",
            "2999: 2999 note 2999 null"),
        read);
  }

  @Test
  void listsAndMapsAreCopied(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.sql("ALTER TABLE %s ADD COLUMN tags ARRAY<STRING>");
    scenario.sql("ALTER TABLE %s ADD COLUMN older MAP<STRING, STRUCT<a: INT>>");
    scenario.sql(
        """
        INSERT INTO %s SELECT id, 1, id, id, 'n', array(concat('tag ', id), null),
          map(concat('column ', id), named_struct('a', CAST(id AS INT))) FROM range(0, 10, 1, 1)
        """);
    ScanFile file = scenario.plan(scenario.keys(ScanScenario.range(0, 10))).files().get(0);
    List<InternalRow> rows = new ArrayList<>();

    new OldRows(scenario.table().io(), scenario.table().schema().select("older", "tags"))
        .read(file, new long[] {3, 5}, (row, place) -> rows.add(row));

    assertEquals("tag 3", rows.get(0).getArray(0).getUTF8String(0).toString());
    assertTrue(rows.get(0).getArray(0).isNullAt(1));
    assertEquals("column 3", rows.get(0).getMap(1).keyArray().getUTF8String(0).toString());
    assertEquals(5, rows.get(1).getMap(1).valueArray().getStruct(0, 1).getInt(0));
  }

  private static List<String> read(ScanScenario scenario, ScanFile file, long... places) {
    scenario.sql("ALTER TABLE %s ADD COLUMN later INT");
    List<String> lines = new ArrayList<>();
    new OldRows(scenario.table().io(), scenario.table().schema().select("id", "note", "later"))
        .read(
            file,
            places,
            (row, place) ->
                lines.add(
                    "%d: %d %s %s"
                        .formatted(place, row.getLong(0), row.getUTF8String(1), row.get(2, null))));
    return lines;
  }
}
