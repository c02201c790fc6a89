package dev.firn.bench.merge.data;

import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Changes to a table as a stream delivers them: 30 % inserts, 60 % updates, half of them on a few
 * hot keys, 10 % deletes; 2 % of all arrive twice, and adjacent events arrive out of order. The
 * version of a row is that of the change that wrote it, counted from 1.
 */
final class Changes {

  private static final int CHANGES_PER_TRANSACTION = 10;
  private static final long FIRST_LSN = 1L << 24;
  private static final long TRANSACTION_BYTES = 4096;
  private static final Instant FIRST_COMMIT = Instant.parse("2026-07-01T06:00:00Z");
  private static final int DISORDER = 2000;
  private static final int DUPLICATES = 50;

  private final Operation[] operations;
  private final long[] ids;
  private final int[] arrivals;

  private Changes(Operation[] operations, long[] ids, int[] arrivals) {
    this.operations = operations;
    this.ids = ids;
    this.arrivals = arrivals;
  }

  /**
   * @param rows of the table, with the keys from 1
   * @param events that arrive
   */
  static Changes of(long rows, int events, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int distinct = events - events / DUPLICATES;
    Operation[] operations = new Operation[distinct];
    long[] ids = new long[distinct];
    Keys keys = new Keys(rows, Math.max(1, events / 5), seed);
    for (int change = 0; change < distinct; change++) {
      double kind = random.nextDouble();
      operations[change] =
          kind < 0.3 ? Operation.INSERT : kind < 0.9 ? Operation.UPDATE : Operation.DELETE;
      ids[change] = keys.next(operations[change], random);
    }
    return new Changes(operations, ids, arrivals(events, distinct, random));
  }

  private static int[] arrivals(int events, int distinct, SplittableRandom random) {
    int[] arrivals = new int[events];
    for (int place = 0; place < events; place++) {
      arrivals[place] = place < distinct ? place : random.nextInt(distinct);
    }
    for (int place = distinct; place < events; place++) {
      swap(arrivals, place, random.nextInt(events));
    }
    for (int place = 0; place < events; place++) {
      swap(arrivals, place, Math.min(events - 1, place + random.nextInt(DISORDER)));
    }
    return arrivals;
  }

  private static void swap(int[] values, int left, int right) {
    int value = values[left];
    values[left] = values[right];
    values[right] = value;
  }

  int events() {
    return arrivals.length;
  }

  /** The event that arrives at a place. */
  Change arriving(int place) {
    return change(arrivals[place]);
  }

  /** The newest change, by key. */
  Map<Long, Change> newest() {
    Map<Long, Integer> newest = new HashMap<>();
    for (int change = 0; change < ids.length; change++) {
      newest.put(ids[change], change);
    }
    Map<Long, Change> changes = new HashMap<>();
    newest.forEach((id, change) -> changes.put(id, change(change)));
    return changes;
  }

  private Change change(int change) {
    long transaction = change / CHANGES_PER_TRANSACTION;
    return new Change(
        operations[change],
        ids[change],
        change + 1L,
        new Position(
            1, FIRST_LSN + (transaction + 1) * TRANSACTION_BYTES, change % CHANGES_PER_TRANSACTION),
        FIRST_COMMIT.plusNanos(transaction * 10_001_000));
  }

  /** Chooses keys: new ones in turn, old ones from a pool, half of the time its hot end. */
  private static final class Keys {

    private final long rows;
    private final int pool;
    private final long seed;
    private long newest;

    Keys(long rows, int pool, long seed) {
      this.rows = rows;
      this.pool = pool;
      this.seed = seed;
      this.newest = rows;
    }

    long next(Operation operation, SplittableRandom random) {
      if (operation == Operation.INSERT) {
        newest++;
        return newest;
      }
      int place =
          random.nextInt(2) == 0
              ? (int) (Math.pow(random.nextDouble(), 4) * pool)
              : random.nextInt(pool);
      boolean ofNew = operation == Operation.UPDATE && random.nextInt(12) == 0 && newest > rows;
      return ofNew
          ? rows + 1 + random.nextLong(newest - rows)
          : 1 + Math.floorMod(OrderRow.mix(place * 77L + seed), rows);
    }
  }
}
