package dev.firn.etl.merge;

import dev.firn.contract.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A row as the lake has to have it.
 *
 * @param at of the newest event that wrote it
 * @param cells its values, and where each comes from
 */
record MirrorRow(Position at, Instant committedAt, Map<String, Told> cells) {

  /**
   * @param at the event that told the value; {@link Position#NONE} while none has
   */
  record Told(String text, Position at) {}

  static MirrorRow unknown(List<String> columns) {
    Map<String, Told> cells = new HashMap<>();
    columns.forEach(column -> cells.put(column, new Told(LakeText.NULL, Position.NONE)));
    return new MirrorRow(Position.NONE, Instant.EPOCH, cells);
  }

  /** After an event that is not older than it. */
  MirrorRow written(Change change) {
    Map<String, Told> after = new HashMap<>(cells);
    change.known().forEach((column, text) -> after.put(column, new Told(text, change.at())));
    return new MirrorRow(change.at(), change.event().committedAt(), after);
  }

  /** After a delete: of what comes next, nothing is left from before. */
  MirrorRow emptied(List<String> columns, Change delete) {
    Map<String, Told> after = new HashMap<>();
    columns.forEach(column -> after.put(column, new Told(LakeText.NULL, delete.at())));
    return new MirrorRow(delete.at(), delete.event().committedAt(), after);
  }

  /** The other has a later value of some column. */
  boolean learnsFrom(MirrorRow other) {
    return cells.keySet().stream()
        .anyMatch(column -> other.cells.get(column).at().isAfter(cells.get(column).at()));
  }

  /** The later position of both, and of each column the later value. */
  MirrorRow joined(MirrorRow other) {
    Map<String, Told> joined = new HashMap<>(cells);
    other.cells.forEach(
        (column, told) ->
            joined.merge(column, told, (one, two) -> one.at().isAfter(two.at()) ? one : two));
    MirrorRow later = at.isAfter(other.at) ? this : other;
    return new MirrorRow(later.at, later.committedAt, joined);
  }

  List<String> values(List<String> columns) {
    return columns.stream().map(column -> cells.get(column).text()).toList();
  }

  /** All that the lake shows of it. */
  String text(List<String> columns) {
    Map<String, String> older = new TreeMap<>();
    cells.forEach(
        (column, told) -> {
          if (at.isAfter(told.at())) {
            older.put(column, told.at().toString());
          }
        });
    return text(values(columns), at, committedAt, older);
  }

  /**
   * @param older the columns whose value is older than the row, and how old
   */
  static String text(
      List<String> values, Position at, Instant committedAt, Map<String, String> older) {
    return "%s at %s, %s, older %s".formatted(values, at, committedAt, older);
  }
}
