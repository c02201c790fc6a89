package dev.firn.source.state;

import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.SqlSession;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables that need a decision, as {@code capture} recorded them. Read-only. */
public final class RecordedTroubles {

  private static final String DOING = "read which tables need a decision";

  private final SqlSession sql;
  private final String slot;

  public RecordedTroubles(SqlSession sql, String slot) {
    this.sql = sql;
    this.slot = slot;
  }

  /**
   * One sentence for each table, by name: what happened, what it means, and what to do.
   *
   * @param tables of the configuration; other tables are no longer captured
   */
  public List<String> sentences(List<SourceTable> tables) {
    Map<QualifiedName, Trouble> troubles = read();
    return tables.stream()
        .filter(table -> troubles.containsKey(table.name()))
        .sorted(Comparator.comparing(table -> table.name().toString()))
        .map(table -> troubles.get(table.name()).sentence(table))
        .toList();
  }

  private Map<QualifiedName, Trouble> read() {
    if (sql.text(DOING, "SELECT to_regclass('firn.captured_table') IS NULL").equals("t")) {
      return Map.of();
    }
    Map<QualifiedName, Trouble> troubles = new HashMap<>();
    sql.list(
            DOING,
            "SELECT table_schema, table_name, %s FROM firn.captured_table t WHERE slot = ?"
                .formatted(Trouble.COLUMNS),
            row ->
                Map.entry(new QualifiedName(row.getString(1), row.getString(2)), Trouble.read(row)),
            slot)
        .forEach(
            table -> table.getValue().ifPresent(trouble -> troubles.put(table.getKey(), trouble)));
    return troubles;
  }
}
