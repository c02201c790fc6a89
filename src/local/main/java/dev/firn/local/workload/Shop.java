package dev.firn.local.workload;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The contents of the tables, in memory: the script picks existing rows from it, and tests compare
 * it with PostgreSQL.
 */
final class Shop {

  private final Map<SampleTable, Map<Row, Row>> tables = new EnumMap<>(SampleTable.class);

  boolean holds(SampleTable table, Row key) {
    return rowsByKey(table).containsKey(key);
  }

  Row row(SampleTable table, Row key) {
    Row row = rowsByKey(table).get(key);
    if (row == null) {
      throw new IllegalStateException("Cannot find row of %s: %s".formatted(table, key));
    }
    return row;
  }

  Collection<Row> rows(SampleTable table) {
    return List.copyOf(rowsByKey(table).values());
  }

  /** Any row that qualifies. */
  Row pick(SampleTable table, Random random, Predicate<Row> qualifies) {
    List<Row> candidates = rows(table).stream().filter(qualifies).toList();
    return candidates.get(random.nextInt(candidates.size()));
  }

  void insert(SampleTable table, Row row) {
    if (rowsByKey(table).putIfAbsent(table.key(row), row) != null) {
      throw new IllegalStateException(
          "Cannot insert into %s: the key exists: %s".formatted(table, table.key(row)));
    }
  }

  void update(SampleTable table, Row key, Row values) {
    Row changed = row(table, key).with(values);
    if (table.key(changed).equals(key)) {
      rowsByKey(table).put(key, changed);
    } else {
      delete(table, key);
      insert(table, changed);
    }
  }

  void delete(SampleTable table, Row key) {
    rowsByKey(table).remove(table.key(row(table, key)));
  }

  void truncate(SampleTable table) {
    rowsByKey(table).clear();
  }

  private Map<Row, Row> rowsByKey(SampleTable table) {
    return tables.computeIfAbsent(table, name -> new LinkedHashMap<>());
  }
}
