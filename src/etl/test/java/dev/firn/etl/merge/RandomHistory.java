package dev.firn.etl.merge;

import dev.firn.contract.ChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A history a source could have had, and the state it left: inserts, updates that send the note or
 * do not, deletes, keys that come back, truncations. The state is kept beside the events and not
 * folded from them, so that it is an independent opinion.
 */
final class RandomHistory {

  private record SaleRow(long qty, String note) {}

  private final Random random;
  private final int keys;
  private final TreeMap<Long, SaleRow> state = new TreeMap<>();
  private final List<ChangeEvent> events = new ArrayList<>();

  RandomHistory(long seed, int keys, int changes) {
    this.random = new Random(seed);
    this.keys = keys;
    for (int lsn = 1; lsn <= changes; lsn++) {
      change(lsn);
    }
  }

  List<ChangeEvent> events() {
    return events;
  }

  /** The rows as {@link MergeScenario#rows()} has them. */
  List<String> rows() {
    return state.entrySet().stream()
        .map(row -> "%d|%d|%s".formatted(row.getKey(), row.getValue().qty(), row.getValue().note()))
        .toList();
  }

  private void change(long lsn) {
    long id = random.nextInt(keys);
    SaleRow old = state.get(id);
    if (random.nextInt(200) == 0) {
      state.clear();
      events.add(Sales.truncate(lsn));
    } else if (old == null) {
      insert(lsn, id);
    } else if (random.nextInt(4) == 0) {
      state.remove(id);
      events.add(Sales.delete(lsn, id));
    } else {
      update(lsn, id, old);
    }
  }

  private void insert(long lsn, long id) {
    SaleRow row = new SaleRow(lsn, random.nextInt(5) == 0 ? null : "note " + lsn);
    state.put(id, row);
    events.add(Sales.insert(lsn, id, row.qty(), row.note()));
  }

  private void update(long lsn, long id, SaleRow old) {
    if (random.nextBoolean()) {
      state.put(id, new SaleRow(lsn, old.note()));
      events.add(Sales.updateWithoutNote(lsn, id, lsn));
    } else {
      SaleRow row = new SaleRow(lsn, "note " + lsn);
      state.put(id, row);
      events.add(Sales.update(lsn, id, row.qty(), Objects.requireNonNull(row.note())));
    }
  }
}
