package dev.firn.cdc.source;

import dev.firn.source.Lsn;
import dev.firn.source.catalog.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table {@code firn.captured_shape}: the columns of each captured table at the last look.
 * PostgreSQL numbers the columns of a table and never reuses a number, so a renamed column is
 * distinguished from one that was dropped and another that was added, which the log cannot do.
 */
final class CapturedColumns {

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS firn.captured_shape (
        slot text,
        table_oid oid,
        since pg_lsn NOT NULL,
        columns jsonb NOT NULL,
        PRIMARY KEY (slot, table_oid))
      """;

  private static final String EXPANDED =
      "jsonb_to_recordset(?::jsonb) AS %s (attribute int, name text, oid bigint, modifier int,"
          + " declared text, given boolean, kind text, parts jsonb, renamed boolean)";

  // A new column may give existing rows a value: PostgreSQL keeps it in the catalog, or rewrites
  // the table, which leaves the default as the only sign. The parts of a type are the labels of an
  // enum or the attributes of a composite type.
  private static final String NOW =
      """
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'attribute', a.attnum, 'name', a.attname, 'oid', a.atttypid::bigint,
        'modifier', a.atttypmod, 'declared', format_type(a.atttypid, a.atttypmod),
        'given', a.attgenerated = '' AND (a.atthasmissing OR a.atthasdef OR a.attidentity <> ''),
        'kind', e.typtype,
        'parts', CASE e.typtype
          WHEN 'e' THEN (SELECT jsonb_object_agg(l.oid::text, l.enumlabel) FROM pg_enum l
                         WHERE l.enumtypid = e.oid)
          WHEN 'c' THEN (SELECT jsonb_object_agg(p.attnum::text, p.atttypid::text)
                         FROM pg_attribute p
                         WHERE p.attrelid = e.typrelid AND p.attnum > 0 AND NOT p.attisdropped)
          END,
        'renamed', coalesce(b.renamed, false) OR coalesce(b.name <> a.attname, false))
        ORDER BY a.attnum), '[]')::text
      FROM pg_attribute a
      JOIN pg_type t ON t.oid = a.atttypid
      JOIN pg_type e ON e.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype
                                     WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END
      LEFT JOIN %s ON b.attribute = a.attnum
      WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
      """
          .formatted(EXPANDED.formatted("b"));

  private static final String DIFFERENCES =
      """
      SELECT b.name AS was, n.name, b.declared AS was_declared, n.declared, n.given,
        b.oid = n.oid AS same_oid, n.modifier, b.modifier AS was_modifier,
        CASE WHEN b.oid <> n.oid OR n.parts IS NOT DISTINCT FROM b.parts THEN NULL
             WHEN n.kind = 'c' THEN ''
             ELSE (SELECT string_agg(x.value || ' to ' || y.value, ', ' ORDER BY x.value)
                   FROM jsonb_each_text(b.parts) x JOIN jsonb_each_text(n.parts) y USING (key)
                   WHERE x.value <> y.value) END AS parts
      FROM %s FULL JOIN %s ON n.attribute = b.attribute
      ORDER BY coalesce(n.attribute, b.attribute)
      """
          .formatted(EXPANDED.formatted("b"), EXPANDED.formatted("n"));

  private static final String DOING = "record the columns of captured tables";

  private final SqlSession sql;
  private final String slot;

  CapturedColumns(SqlSession sql, String slot) {
    this.sql = sql;
    this.slot = slot;
  }

  void createIfMissing() {
    if (sql.text(DOING, "SELECT to_regclass('firn.captured_shape') IS NULL").equals("t")) {
      sql.execute(DOING, TABLE);
    }
  }

  /** What changed since the last look; nothing at the first look after a copy of the table. */
  List<ColumnChange> look(CapturedTable table) {
    String before = recorded(table);
    String now = sql.text(DOING, NOW, before.isEmpty() ? "[]" : before, table.oid());
    if (now.equals(before)) {
      return List.of();
    }
    record(table, now);
    return before.isEmpty()
        ? List.of()
        : sql.list(DOING, DIFFERENCES, CapturedColumns::change, before, now);
  }

  /** The columns that had another name at some time since the table was copied. */
  Set<String> renamed(CapturedTable table) {
    String columns = recorded(table);
    return columns.isEmpty()
        ? Set.of()
        : sql
            .list(
                DOING,
                "SELECT name FROM " + EXPANDED.formatted("c") + " WHERE renamed",
                row -> row.getString(1),
                columns)
            .stream()
            .collect(Collectors.toUnmodifiableSet());
  }

  private String recorded(CapturedTable table) {
    return sql.first(
            DOING,
            "SELECT columns::text FROM firn.captured_shape"
                + " WHERE slot = ? AND table_oid = ?::oid AND since = ?::pg_lsn",
            row -> row.getString(1),
            slot,
            table.oid(),
            Lsn.format(table.since()))
        .orElse("");
  }

  private void record(CapturedTable table, String columns) {
    sql.execute(
        DOING,
        "INSERT INTO firn.captured_shape VALUES (?, ?::oid, ?::pg_lsn, ?::jsonb)"
            + " ON CONFLICT (slot, table_oid) DO UPDATE SET since = excluded.since,"
            + " columns = excluded.columns",
        slot,
        table.oid(),
        Lsn.format(table.since()),
        columns);
  }

  private static ColumnChange change(ResultSet row) throws SQLException {
    return new ColumnChange(
        new ColumnChange.Side(
            row.getString("was"), row.getString("was_declared"), row.getInt("was_modifier")),
        new ColumnChange.Side(
            row.getString("name"), row.getString("declared"), row.getInt("modifier")),
        row.getBoolean("given"),
        row.getBoolean("same_oid"),
        row.getString("parts"));
  }
}
