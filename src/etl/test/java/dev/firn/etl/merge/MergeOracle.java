package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.engine.batch.EventCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules of a merge, implemented a second time in plain Java and event by event: of a batch the
 * events of a key are replayed in order onto an empty row, and what that comes to is held against
 * the lake's row, the key's tombstone and the last TRUNCATE. It shares no code with the engines.
 */
final class MergeOracle {

  private final List<String> columns;
  private final Map<List<String>, MirrorRow> rows = new HashMap<>();
  private final Map<List<String>, Tombstone> tombstones = new HashMap<>();
  private Position truncatedAt = Position.NONE;
  private Position forgottenBelow = Position.NONE;

  /**
   * @param columns all that the table ever has
   */
  MergeOracle(List<String> columns) {
    this.columns = columns;
  }

  /** A delete that is remembered. */
  record Tombstone(Position at, Instant committedAt) {

    static final Tombstone NONE = new Tombstone(Position.NONE, Instant.EPOCH);
  }

  /** What the events of one key come to by themselves. */
  private record Replayed(MirrorRow row, boolean deleted, long events, long newest) {

    Position at() {
      return row.at();
    }

    /** The newest event was applied; the older ones are part of it or obsolete. */
    EventCounts applied() {
      return new EventCounts(1, events - newest, newest - 1, 0);
    }

    EventCounts knownAlready() {
      return new EventCounts(0, events - newest, newest, 0);
    }

    /** It is unknown whether the row was deleted since. */
    EventCounts forgotten() {
      return new EventCounts(0, 0, 0, events);
    }

    EventCounts superseded() {
      return new EventCounts(0, events, 0, 0);
    }
  }

  /** Applies a batch, and returns the outcomes of its events. */
  EventCounts merge(List<Change> batch) {
    EventCounts counts =
        truncate(batch.stream().filter(Change::isTruncate).map(Change::at).toList());
    Map<List<String>, List<Change>> byKey = new LinkedHashMap<>();
    batch.stream()
        .filter(change -> !change.isTruncate())
        .forEach(change -> byKey.computeIfAbsent(change.key(), k -> new ArrayList<>()).add(change));
    for (Map.Entry<List<String>, List<Change>> changes : byKey.entrySet()) {
      counts = counts.plus(judge(changes.getKey(), replay(changes.getValue())));
    }
    return counts;
  }

  /** The rows, as texts in the order of texts. */
  List<String> rows() {
    return rows.values().stream().map(row -> row.text(columns)).sorted().toList();
  }

  /** The rows as texts of these columns alone. */
  List<String> rows(List<String> wanted) {
    return rows.values().stream().map(row -> row.values(wanted).toString()).sorted().toList();
  }

  /** The newest delete of each key, as texts. */
  Map<String, String> tombstones() {
    Map<String, String> texts = new TreeMap<>();
    tombstones.forEach((key, tombstone) -> texts.put(key.toString(), tombstone.toString()));
    return texts;
  }

  Position truncatedAt() {
    return truncatedAt;
  }

  /** Expires every tombstone. */
  void forget() {
    for (Tombstone tombstone : tombstones.values()) {
      forgottenBelow = Position.later(forgottenBelow, tombstone.at());
    }
    tombstones.clear();
  }

  /** The keys of the rows, as texts. */
  Set<String> keys() {
    return rows.keySet().stream().map(List::toString).collect(Collectors.toSet());
  }

  private EventCounts truncate(List<Position> seen) {
    Position newest = seen.stream().max(Comparator.naturalOrder()).orElse(Position.NONE);
    long same = seen.stream().filter(newest::equals).count();
    long older = seen.size() - same;
    if (truncatedAt.isAfter(newest)) {
      return new EventCounts(0, seen.size(), 0, 0);
    }
    if (newest.equals(truncatedAt)) {
      return new EventCounts(0, older, same, 0);
    }
    truncatedAt = newest;
    rows.values().removeIf(row -> newest.isAfter(row.at()));
    return new EventCounts(1, older, same - 1, 0);
  }

  private Replayed replay(List<Change> changes) {
    List<Change> ordered = changes.stream().sorted(Comparator.comparing(Change::at)).toList();
    Change last = ordered.get(ordered.size() - 1);
    MirrorRow row = MirrorRow.unknown(columns);
    for (Change change : ordered) {
      row = change.isDelete() ? row.emptied(columns, change) : row.written(change);
    }
    long newest = changes.stream().filter(change -> change.at().equals(last.at())).count();
    return new Replayed(row, last.isDelete(), changes.size(), newest);
  }

  private EventCounts judge(List<String> key, Replayed seen) {
    Position buried = tombstones.getOrDefault(key, Tombstone.NONE).at();
    MirrorRow row = rows.get(key);
    if (!seen.at().isAfter(truncatedAt)) {
      return seen.superseded();
    }
    if (seen.deleted()) {
      return bury(key, seen, buried);
    }
    if (buried.isAfter(seen.at())) {
      return seen.superseded();
    }
    if (row == null && !seen.at().isAfter(forgottenBelow)) {
      return seen.forgotten();
    }
    if (row == null || seen.at().isAfter(row.at()) || row.learnsFrom(seen.row())) {
      rows.put(key, row == null ? seen.row() : row.joined(seen.row()));
      return seen.applied();
    }
    return seen.at().equals(row.at()) ? seen.knownAlready() : seen.superseded();
  }

  private EventCounts bury(List<String> key, Replayed seen, Position buried) {
    MirrorRow row = rows.get(key);
    if (row != null && row.at().isAfter(seen.at())) {
      return seen.superseded();
    }
    if (row == null && buried.equals(seen.at())) {
      return seen.knownAlready();
    }
    if (buried.isAfter(seen.at())) {
      return seen.superseded();
    }
    rows.remove(key);
    tombstones.put(key, new Tombstone(seen.at(), seen.row().committedAt()));
    return seen.applied();
  }
}
