package dev.firn.cdc.capture;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the rows of a table are after its events, for a reader that tells and orders them so. */
final class Fold {

  /** As the contract has it: an event is its position, and later is what has a greater one. */
  static final Fold BY_POSITION =
      new Fold(Comparator.comparing(ChangeEvent::position), ChangeEvent::position);

  static final Fold BY_ARRIVAL = new Fold(Comparator.comparing(event -> 0), ChangeEvent::position);

  static final Fold BY_LSN_ALONE =
      new Fold(Comparator.comparing(ChangeEvent::position), event -> event.position().lsn());

  private final Comparator<ChangeEvent> order;
  private final Function<ChangeEvent, Object> identity;

  private Fold(Comparator<ChangeEvent> order, Function<ChangeEvent, Object> identity) {
    this.order = order;
    this.identity = identity;
  }

  /** The rows by key, those without a key by position. */
  Map<Object, Map<String, Object>> rows(String table, List<ChangeEvent> arrivals) {
    Set<Object> seen = new HashSet<>();
    Map<Object, Map<String, Object>> rows = new HashMap<>();
    arrivals.stream()
        .filter(event -> event.table().value().equals(table))
        .filter(event -> seen.add(identity.apply(event)))
        .sorted(order)
        .forEach(event -> apply(event, rows));
    return rows;
  }

  private static void apply(ChangeEvent event, Map<Object, Map<String, Object>> rows) {
    Map<String, Object> key = event.row().key();
    Object place = key.isEmpty() ? event.position() : key;
    if (event.operation() == Operation.TRUNCATE) {
      rows.clear();
    } else if (event.operation() == Operation.DELETE) {
      rows.remove(place);
    } else {
      Map<String, Object> row = new LinkedHashMap<>(event.row().after());
      Map<String, Object> old = rows.getOrDefault(place, Map.of());
      event.row().unchanged().forEach(column -> row.put(column, old.get(column)));
      rows.put(place, row);
    }
  }
}
