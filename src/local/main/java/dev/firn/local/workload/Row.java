package dev.firn.local.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some columns of a row and their values as PostgreSQL reads them; null is NULL. A key is a row of
 * the key's columns.
 */
record Row(Map<String, String> values) {

  Row {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static Row of(String column, String value) {
    return new Row(Collections.singletonMap(column, value));
  }

  List<String> columns() {
    return List.copyOf(values.keySet());
  }

  String value(String column) {
    if (!values.containsKey(column)) {
      throw new IllegalArgumentException(
          "Cannot read column: the row has %s: %s".formatted(columns(), column));
    }
    return values.get(column);
  }

  boolean isNull(String column) {
    return value(column) == null;
  }

  Row with(String column, String value) {
    return with(of(column, value));
  }

  Row with(Row other) {
    Map<String, String> merged = new LinkedHashMap<>(values);
    merged.putAll(other.values);
    return new Row(merged);
  }

  Row only(List<String> columns) {
    Map<String, String> some = new LinkedHashMap<>();
    columns.forEach(column -> some.put(column, value(column)));
    return new Row(some);
  }

  Row without(List<String> columns) {
    return only(columns().stream().filter(column -> !columns.contains(column)).toList());
  }
}
