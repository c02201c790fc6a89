package dev.firn.etl.merge;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A history of a {@link RandomTable} as a producer would send it: a snapshot, transactions of
 * inserts, updates with and without all values, deletes, changes of keys and truncations, schemas
 * that change, and a new epoch. What the source holds at the end is kept beside the events and not
 * folded from them, so that it is an opinion of its own.
 */
final class RandomChanges {

  private static final Instant BEGUN = Instant.parse("2026-08-05T03:20:00.123456Z");

  private final Random random;
  private final RandomTable table;
  private final KeyPool pool;
  private final Map<String, SourceRow> state = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private Instant committedAt = BEGUN;
  private Position position = new Position(1, 23_934_792, 0);
  private int version;
  private List<Cell> last;

  /** A row of the source: its key and all its values, by column. */
  private record SourceRow(List<Cell> key, Map<String, Cell> cells) {}

  RandomChanges(RandomTable table, int keys, int size, Random random) {
    this.random = random;
    this.table = table;
    this.pool = new KeyPool(table, keys, random);
    this.last = pool.any(version);
    for (int row = 0; row < keys / 2; row++) {
      write(Operation.READ, pool.any(version), List.of());
    }
    int epochAt = random.nextInt(size / 6);
    while (changes.size() < size) {
      evolve(size);
      if (epochAt-- == 0) {
        beginEpoch();
      }
      transaction();
    }
  }

  List<Change> changes() {
    return changes;
  }

  /** The rows at the end, each as the texts of the columns it has then. */
  List<String> rows() {
    List<String> names = table.columns(version).stream().map(SourceColumn::name).toList();
    return state.values().stream()
        .map(row -> names.stream().map(name -> row.cells().get(name).text()).toList().toString())
        .sorted()
        .toList();
  }

  /** The keys of the rows at the end, as texts. */
  Set<String> keys() {
    return Set.copyOf(state.keySet());
  }

  /** The columns of {@link #rows()}. */
  List<String> columns() {
    return table.columns(version).stream().map(SourceColumn::name).toList();
  }

  private void evolve(int size) {
    boolean due = changes.size() * table.versions() > size * (version + 1);
    if (due && random.nextInt(8) == 0) {
      version++;
      // What the source shows of old rows: null in a column that is new.
      state
          .values()
          .forEach(row -> columns().forEach(name -> row.cells().putIfAbsent(name, Cell.NULL)));
    }
  }

  // The new server's WAL positions may be lower than the old one's.
  private void beginEpoch() {
    position = new Position(position.epoch() + 1, 5_000_000, 0);
    for (SourceRow row : List.copyOf(state.values())) {
      emit(Operation.READ, row, List.of());
    }
  }

  private void transaction() {
    position = new Position(position.epoch(), position.lsn() + 1 + random.nextInt(1000), 0);
    committedAt = committedAt.plusMillis(random.nextInt(60_000));
    int statements = 1 + random.nextInt(4);
    for (int i = 0; i < statements; i++) {
      change();
    }
  }

  private void change() {
    last = random.nextInt(5) == 0 ? last : pool.any(version);
    List<Cell> key = last;
    SourceRow old = state.get(KeyPool.texts(key).toString());
    int dice = random.nextInt(100);
    if (dice == 0 && random.nextInt(4) == 0) {
      state.clear();
      emit(new RowImage(Map.of(), Map.of(), Map.of(), List.of()), Operation.TRUNCATE, List.of());
    } else if (old == null) {
      write(Operation.INSERT, key, List.of());
    } else if (dice < 25) {
      delete(key);
    } else if (dice < 32) {
      changeKey(old);
    } else {
      write(Operation.UPDATE, key, dice < 65 ? unchanged() : List.of());
    }
  }

  private List<String> unchanged() {
    return table.columns(version).stream()
        .filter(column -> !column.isKey() && random.nextInt(3) == 0)
        .map(SourceColumn::name)
        .toList();
  }

  private void changeKey(SourceRow old) {
    List<Cell> key = pool.any(version);
    if (!state.containsKey(KeyPool.texts(key).toString())) {
      delete(old.key());
      write(Operation.UPDATE, key, List.of());
    }
  }

  private void delete(List<Cell> key) {
    state.remove(KeyPool.texts(key).toString());
    emit(RowImage.deleted(pool.image(key, version)), Operation.DELETE, KeyPool.texts(key));
  }

  private void write(Operation operation, List<Cell> key, List<String> unchanged) {
    String text = KeyPool.texts(key).toString();
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (SourceColumn column : table.columns(version)) {
      cells.put(
          column.name(),
          unchanged.contains(column.name())
              ? state.get(text).cells().get(column.name())
              : column.kind().any(random));
    }
    for (int i = 0; i < key.size(); i++) {
      cells.put(table.keyNames().get(i), key.get(i));
    }
    SourceRow row = new SourceRow(key, cells);
    state.put(text, row);
    emit(operation, row, unchanged);
  }

  private void emit(Operation operation, SourceRow row, List<String> unchanged) {
    Map<String, Object> after = new LinkedHashMap<>();
    for (SourceColumn column : table.columns(version)) {
      if (!unchanged.contains(column.name())) {
        after.put(column.name(), row.cells().get(column.name()).wire());
      }
    }
    Map<String, Object> key = pool.image(row.key(), version);
    after.putAll(key);
    emit(new RowImage(key, Map.of(), after, unchanged), operation, KeyPool.texts(row.key()));
  }

  private void emit(RowImage image, Operation operation, List<String> key) {
    ChangeEvent event =
        new ChangeEvent(table.document(version).version(), operation, position, committedAt, image);
    changes.add(new Change(event, key, known(event, key), version));
    position = new Position(position.epoch(), position.lsn(), position.seq() + 1);
  }

  private Map<String, String> known(ChangeEvent event, List<String> key) {
    if (!event.operation().writesRow()) {
      return Map.of();
    }
    Map<String, String> known = new LinkedHashMap<>();
    Map<String, Cell> cells = state.get(key.toString()).cells();
    for (String name : table.allNames()) {
      known.put(name, columns().contains(name) ? cells.get(name).text() : LakeText.NULL);
    }
    known.keySet().removeAll(event.row().unchanged());
    return known;
  }
}
