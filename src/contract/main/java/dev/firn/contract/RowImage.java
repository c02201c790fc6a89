package dev.firn.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values a change event carries, by column name. A value is null, a {@link Boolean}, a {@link
 * Long}, a {@link Double}, a {@link String}, or a {@link List} of these: JSON's scalars, exact.
 *
 * @param key primary key values; empty for a table without a key and for TRUNCATE
 * @param before old values where REPLICA IDENTITY FULL sends them, else empty
 * @param after new values; empty for a delete and for TRUNCATE
 * @param unchanged columns whose value PostgreSQL did not send (unchanged TOAST): not null, unknown
 */
public record RowImage(
    Map<String, Object> key,
    Map<String, Object> before,
    Map<String, Object> after,
    List<String> unchanged) {

  public static final RowImage EMPTY = new RowImage(Map.of(), Map.of(), Map.of(), List.of());

  public RowImage {
    key = ordered(key);
    before = ordered(before);
    after = ordered(after);
    unchanged = List.copyOf(unchanged);
    for (String column : unchanged) {
      if (after.containsKey(column)) {
        throw new IllegalArgumentException(
            "Cannot use row image: a column is both unchanged and in after: " + column);
      }
    }
  }

  public static RowImage written(Map<String, Object> key, Map<String, Object> after) {
    return new RowImage(key, Map.of(), after, List.of());
  }

  public static RowImage deleted(Map<String, Object> key) {
    return new RowImage(key, Map.of(), Map.of(), List.of());
  }

  // Map.copyOf refuses null values, and loses the order of the columns.
  private static Map<String, Object> ordered(Map<String, Object> values) {
    return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
