package dev.firn.etl.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * A table in the lake, at one Iceberg snapshot. The executors compute texts, hashes and sums; the
 * driver gets one sum for each range.
 */
final class LakeSide implements Side {

  private final JavaRDD<Row> rows;
  private final RowTexts texts;

  LakeSide(JavaRDD<Row> rows, RowTexts texts) {
    this.rows = rows;
    this.texts = texts;
  }

  @Override
  public Map<Long, RangeSum> sums(long ranges, KeyFilter filter) {
    RowTexts format = texts;
    return new HashMap<>(
        rows.mapPartitionsToPair(part -> sums(part, format, ranges, filter))
            .reduceByKey(RangeSum::plus)
            .collectAsMap());
  }

  @Override
  public List<HashedRow> rows(KeyFilter filter) {
    RowTexts format = texts;
    return rows.map(format::hashed).filter(row -> filter.takes(row.key())).collect();
  }

  @Override
  public Map<Long, List<List<String>>> texts(Set<Long> keys) {
    RowTexts format = texts;
    Map<Long, List<List<String>>> found = new HashMap<>();
    rows.filter(row -> keys.contains(format.keyHash(row)))
        .mapToPair(row -> new Tuple2<>(format.keyHash(row), format.of(row)))
        .collect()
        .forEach(row -> found.computeIfAbsent(row._1(), hash -> new ArrayList<>()).add(row._2()));
    return found;
  }

  private static Iterator<Tuple2<Long, RangeSum>> sums(
      Iterator<Row> rows, RowTexts texts, long ranges, KeyFilter filter) {
    Map<Long, RangeSum> sums = new HashMap<>();
    while (rows.hasNext()) {
      HashedRow row = texts.hashed(rows.next());
      if (filter.takes(row.key())) {
        sums.merge(row.key() % ranges, new RangeSum(1, row.row()), RangeSum::plus);
      }
    }
    return sums.entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }
}
