package dev.firn.etl.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.TableProperties;

/**
 * Table properties that change how files are written and what is known of them, and no row: rows
 * spread over many pages and row groups, files without bounds, bloom filters.
 */
final class RandomLayout {

  private static final List<String> METRICS = List.of("none", "counts", "truncate(2)", "full");

  private RandomLayout() {}

  static Map<String, String> properties(RandomTable table, Random random) {
    Map<String, String> properties = new HashMap<>();
    properties.put(TableProperties.FORMAT_VERSION, random.nextBoolean() ? "2" : "3");
    if (random.nextBoolean()) {
      properties.put(
          TableProperties.PARQUET_PAGE_ROW_LIMIT, Integer.toString(1 + random.nextInt(4)));
    }
    if (random.nextInt(3) == 0) {
      properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "64");
      properties.put(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, "1");
      properties.put(TableProperties.PARQUET_ROW_GROUP_CHECK_MAX_RECORD_COUNT, "2");
    }
    if (random.nextInt(3) == 0) {
      properties.put(
          TableProperties.DEFAULT_WRITE_METRICS_MODE, METRICS.get(random.nextInt(METRICS.size())));
    }
    if (random.nextInt(3) == 0) {
      String key = table.keyNames().get(0);
      properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + key, "true");
    }
    return properties;
  }
}
