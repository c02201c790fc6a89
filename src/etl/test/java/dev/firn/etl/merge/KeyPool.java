package dev.firn.etl.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The few keys a random history is about; after a widening, some that only the wider type holds.
 */
final class KeyPool {

  private final RandomTable table;
  private final Random random;
  private final List<List<Cell>> keys = new ArrayList<>();
  private final List<List<Cell>> widerKeys = new ArrayList<>();

  KeyPool(RandomTable table, int size, Random random) {
    this.table = table;
    this.random = random;
    Set<List<String>> seen = new HashSet<>();
    fill(keys, size, 0, seen);
    fill(widerKeys, size / 4, table.versions() - 1, seen);
  }

  private void fill(List<List<Cell>> pool, int size, int version, Set<List<String>> seen) {
    while (pool.size() < size) {
      List<Cell> key =
          table.key(version).stream().map(column -> column.kind().key(random)).toList();
      if (seen.add(texts(key))) {
        pool.add(key);
      }
    }
  }

  /** A key that the table can have under this version. */
  List<Cell> any(int version) {
    boolean wider = !table.key(version).equals(table.key(0)) && random.nextBoolean();
    List<List<Cell>> pool = wider ? widerKeys : keys;
    return pool.get(random.nextInt(pool.size()));
  }

  /** The key as an event has it, in the key's order. */
  Map<String, Object> image(List<Cell> key, int version) {
    List<SourceColumn> columns = table.key(version);
    Map<String, Object> image = new LinkedHashMap<>();
    for (int ordinal = 1; ordinal <= columns.size(); ordinal++) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).keyOrdinal() == ordinal) {
          Cell cell = columns.get(i).kind().respelled(key.get(i), random);
          image.put(columns.get(i).name(), cell.wire());
        }
      }
    }
    return image;
  }

  static List<String> texts(List<Cell> key) {
    return key.stream().map(Cell::text).toList();
  }
}
