package dev.firn.engine.sql;

import dev.firn.contract.Position;
import dev.firn.engine.judge.Judge;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.table.MirrorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The SQL of the reference engine. First it judges each staged row against the row and the
 * tombstone of its key, then it merges the rows that change something. The SQL looks like SQL
 * written by hand, so that it can be read and checked.
 */
final class MergeSql {

  /** The outcome of a staged row; see {@link #judge}. */
  static final String OUTCOME = "_firn_outcome";

  private static final String STAGED_AT = RowMetadata.positionSql("s");

  private final List<String> columns;
  private final List<String> key;
  private final boolean changeLog;
  private final boolean unchanged;

  MergeSql(MirrorTable target) {
    this.columns = target.columns();
    this.key = target.keyColumns();
    this.changeLog = target.isChangeLog();
    this.unchanged = target.hasUnchangedColumn();
  }

  /**
   * The views that a judgement reads.
   *
   * @param tombstones of the table; empty if nothing was ever deleted from it
   */
  record Views(String staged, String target, Optional<String> tombstones) {}

  /**
   * Selects every staged row with the values that its row will have, and its outcome:
   *
   * <ul>
   *   <li>{@code insert}, {@code update}, {@code delete}: newer than the newest known state of its
   *       key
   *   <li>{@code remember}: a delete of a row that does not exist; it leaves a tombstone
   *   <li>{@code complete}: not newer than the row, but newer than some value in it
   *   <li>{@code forgotten}: the row does not exist, and tombstones of its position have expired
   *   <li>{@code duplicate}, {@code superseded}: the position is already in the table, or older
   * </ul>
   */
  String judge(Views views, Judge rules) {
    return """
        WITH found AS (
          SELECT %s, %s AS _firn_at FROM %s t JOIN %s k ON %s
        ), buried AS (
          %s
        )
        SELECT %s, s._firn_deleted, s._firn_events, s._firn_newest, %s AS _firn_outcome
        FROM %s s
        LEFT JOIN found t ON %s
        LEFT JOIN buried b ON %s"""
        .formatted(
            found(),
            RowMetadata.positionSql("t"),
            views.target(),
            views.staged(),
            sameKey("t", "k"),
            buried(views),
            values(),
            outcome(rules),
            views.staged(),
            sameKey("t", "s"),
            sameKey("b", "s"));
  }

  /** Removes the rows below a truncation; Iceberg removes whole files without reading them. */
  static String truncate(String table, Position position) {
    return """
        DELETE FROM %s
        WHERE _epoch < %2$s OR (_epoch = %2$s AND (_lsn < %3$s OR (_lsn = %3$s AND _seq < %4$s)))"""
        .formatted(table, position.epoch(), position.lsn(), position.seq());
  }

  /**
   * Merges the judged rows that change something into the table.
   *
   * @param changes a view of the rows whose outcome is insert, update, complete or delete
   */
  String merge(String table, String changes) {
    return """
        MERGE INTO %s t USING %s s ON %s
        WHEN MATCHED AND s._firn_outcome = 'delete' THEN DELETE
        WHEN MATCHED THEN UPDATE SET %s
        WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"""
        .formatted(
            table,
            changes,
            sameKey("t", "s"),
            list(written(), "t.%1$s = s.%1$s"),
            list(written(), "%s"),
            list(written(), "s.%s"));
  }

  /** The columns of the table that a change writes: all columns. */
  List<String> written() {
    List<String> written = new ArrayList<>(columns);
    written.addAll(RowMetadata.POSITION);
    written.add(RowMetadata.COMMITTED_AT);
    if (changeLog) {
      written.add(RowMetadata.OPERATION);
    }
    if (unchanged) {
      written.add(RowMetadata.UNCHANGED);
    }
    return written;
  }

  // The old values are read only if a staged row may need one of them.
  private String found() {
    return unchanged ? "t.*" : list(key, "t.%s");
  }

  private String buried(Views views) {
    return views
        .tombstones()
        .map(
            tombstones ->
                "SELECT %s, max(%s) AS _firn_at FROM %s d JOIN %s k ON %s GROUP BY %s"
                    .formatted(
                        list(key, "d.%s"),
                        RowMetadata.positionSql("d"),
                        tombstones,
                        views.staged(),
                        sameKey("d", "k"),
                        list(key, "d.%s")))
        .orElseGet(
            () ->
                "SELECT %s, %s AS _firn_at FROM %s k WHERE false"
                    .formatted(list(key, "k.%s"), RowMetadata.positionSql("k"), views.staged()));
  }

  private String outcome(Judge rules) {
    return """
        CASE
          WHEN %2$s >= %1$s THEN 'superseded'
          WHEN b._firn_at >= %1$s AND NOT s._firn_deleted THEN 'superseded'
          WHEN t._firn_at IS NULL AND NOT s._firn_deleted AND %4$s >= %1$s THEN 'forgotten'
          WHEN t._firn_at IS NULL AND NOT s._firn_deleted THEN 'insert'
          WHEN t._firn_at IS NULL AND b._firn_at = %1$s THEN 'duplicate'
          WHEN t._firn_at IS NULL AND b._firn_at > %1$s THEN 'superseded'
          WHEN t._firn_at IS NULL THEN 'remember'
          WHEN s._firn_deleted AND %1$s > t._firn_at THEN 'delete'
          WHEN s._firn_deleted THEN 'superseded'
          WHEN %1$s > t._firn_at THEN 'update'%3$s
          WHEN %1$s = t._firn_at THEN 'duplicate'
          ELSE 'superseded'
        END"""
        .formatted(
            STAGED_AT,
            RowMetadata.literalSql(rules.truncatedAt()),
            completes(),
            RowMetadata.literalSql(rules.forgottenBelow()));
  }

  private String completes() {
    if (!unchanged) {
      return "";
    }
    String newer =
        columns.stream()
            .map(column -> stagedKnownAt(column) + " > " + foundKnownAt(column))
            .collect(Collectors.joining(" OR "));
    return "\n  WHEN t._unchanged IS NOT NULL AND (" + newer + ") THEN 'complete'";
  }

  private String values() {
    if (!unchanged) {
      return list(written(), "s.%s");
    }
    List<String> values = new ArrayList<>();
    columns.forEach(column -> values.add(newest(column) + " AS " + quote(column)));
    String later = "if(t._firn_at > %1$s, t.%2$s, s.%2$s) AS %2$s";
    RowMetadata.POSITION.forEach(column -> values.add(later.formatted(STAGED_AT, column)));
    values.add(later.formatted(STAGED_AT, RowMetadata.COMMITTED_AT));
    values.add(olderThanRow() + " AS " + RowMetadata.UNCHANGED);
    return String.join(", ", values);
  }

  /** Selects the newest known value of each column from the two rows. */
  private String newest(String column) {
    return "if(%s > %s, t.%3$s, s.%3$s)"
        .formatted(foundKnownAt(column), stagedKnownAt(column), quote(column));
  }

  private String olderThanRow() {
    String entries =
        columns.stream()
            .map(
                column ->
                    "%s, greatest(%s, %s)"
                        .formatted(text(column), stagedKnownAt(column), foundKnownAt(column)))
            .collect(Collectors.joining(", "));
    String older =
        "map_filter(map(%s), (name, at) -> at < greatest(%s, t._firn_at))"
            .formatted(entries, STAGED_AT);
    return "try_element_at(filter(array(%s), older -> cardinality(older) > 0), 1)".formatted(older);
  }

  private static String stagedKnownAt(String column) {
    return "coalesce(element_at(map_from_entries(s._firn_older), %s), %s)"
        .formatted(text(column), STAGED_AT);
  }

  private static String foundKnownAt(String column) {
    return "coalesce(element_at(t._unchanged, %s), t._firn_at)".formatted(text(column));
  }

  private String sameKey(String left, String right) {
    return key.stream()
        .map(name -> "%s.%3$s = %s.%3$s".formatted(left, right, quote(name)))
        .collect(Collectors.joining(" AND "));
  }

  private static String list(List<String> names, String pattern) {
    return names.stream()
        .map(name -> pattern.formatted(quote(name)))
        .collect(Collectors.joining(", "));
  }

  private static String quote(String name) {
    return LakeCatalog.quote(name);
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
