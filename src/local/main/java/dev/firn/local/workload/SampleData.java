package dev.firn.local.workload;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the folder sample-data.
 *
 * @param initial rows of each table before the workload begins
 * @param incremental a later export of sales
 */
record SampleData(Map<SampleTable, List<Row>> initial, List<Row> incremental) {

  static SampleData read(Path folder) {
    Map<SampleTable, List<Row>> initial = new EnumMap<>(SampleTable.class);
    for (SampleTable table : SampleTable.values()) {
      String file = table == SampleTable.SALES ? "sales-initial" : table.sqlName();
      initial.put(table, CsvFile.read(folder.resolve(file + ".csv")));
    }
    return new SampleData(initial, CsvFile.read(folder.resolve("sales-incremental.csv")));
  }
}
