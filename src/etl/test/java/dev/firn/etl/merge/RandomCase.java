package dev.firn.etl.merge;

import dev.firn.engine.testing.RawFiles;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * All that a seed decides: the source's table and history, how it arrives, how the lake's table is
 * made and what befalls it between two batches.
 */
final class RandomCase {

  private static final List<KeyShape> SHAPES = List.of(KeyShape.values());
  private static final int KEYS = 80;
  private static final int CHANGES = 600;
  private static final int BATCHES = 4;

  private final long seed;
  private final KeyShape shape;
  private final RandomTable table;
  private final RandomChanges history;
  private final Delivery delivery;
  private final Map<String, String> properties;
  private final List<Upheaval> upheavals;

  RandomCase(long seed) {
    Random random = new Random(seed);
    this.seed = seed;
    this.shape = SHAPES.get((int) (seed % SHAPES.size()));
    this.table = new RandomTable(shape, random);
    this.history = new RandomChanges(table, KEYS, CHANGES, random);
    this.delivery = Delivery.of(history.changes(), BATCHES, seed, random);
    this.properties = RandomLayout.properties(table, random);
    this.upheavals = random.ints(BATCHES).mapToObj(i -> Upheaval.any(random)).toList();
  }

  /** Deletes are forgotten between the batches, while older events are still to come. */
  boolean forgets() {
    return seed % 2 == 1;
  }

  /** They are so after this batch. */
  boolean forgets(int batch) {
    return forgets() && batch % 2 == 0;
  }

  int batches() {
    return BATCHES;
  }

  RandomTable table() {
    return table;
  }

  RandomChanges history() {
    return history;
  }

  /** The events of a batch. */
  List<Change> changes(int batch) {
    return delivery.changes(batch);
  }

  Map<String, String> properties() {
    return properties;
  }

  /** The schemas a batch needs, and its files. */
  void write(int batch, RawFiles raw) {
    int newest = changes(batch).stream().mapToInt(Change::version).max().orElse(0);
    for (int version = 0; version <= newest; version++) {
      raw.schema(table.document(version));
    }
    for (List<Change> file : delivery.batches().get(batch)) {
      raw.file(file.stream().map(Change::event).toList());
    }
  }

  /** The same to the table of every engine. */
  void befall(int batch, EngineLake engine) {
    engine.befall(upheavals.get(batch), new Random(seed + batch));
  }

  @Override
  public String toString() {
    return "seed %d: %s, key %s of %s, then %s%s"
        .formatted(
            seed, properties, shape, table.columns(0), upheavals, forgets() ? ", forgetful" : "");
  }
}
