package dev.firn.etl.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the two sides of a table from coarse to fine: first the sums of all ranges; in ranges
 * that differ, the sums of parts of about {@link #PART_ROWS} rows; in parts that differ, the hashes
 * of the rows; for keys that differ, the values. The data sent to the driver grows with the number
 * of differences, not with the size of the table.
 */
final class TableComparison {

  /** Rows that a part should have: few enough to fetch cheaply. */
  private static final long PART_ROWS = 100;

  private static final long MAX_PARTS = 4_000_000;

  /**
   * The largest number of parts that are examined; further differences are counted by range only.
   */
  private static final int MAX_EXAMINED = 1000;

  /** The largest number of keys whose values are compared and reported. */
  static final int MAX_TOLD = 20;

  private final Side source;
  private final Side lake;
  private final KeyFilter everything;
  private final KeyComparison keys;

  /**
   * @param excluded hashes of keys that are not compared
   */
  TableComparison(Side source, Side lake, Set<Long> excluded, KeyComparison keys) {
    this.source = source;
    this.lake = lake;
    this.everything = KeyFilter.allBut(excluded);
    this.keys = keys;
  }

  Outcome compare(long ranges) {
    BothSides<Map<Long, RangeSum>> sums = sums(ranges, everything);
    Set<Long> differing = differing(sums);
    return new Outcome(
        total(sums.source()),
        total(sums.lake()),
        differing.isEmpty() ? Differences.NONE : examine(ranges, differing, sums));
  }

  private BothSides<Map<Long, RangeSum>> sums(long ranges, KeyFilter filter) {
    return BothSides.ask(source, lake, side -> side.sums(ranges, filter));
  }

  private Differences examine(
      long ranges, Set<Long> differing, BothSides<Map<Long, RangeSum>> sums) {
    long largest =
        differing.stream()
            .mapToLong(range -> Math.max(rows(sums.source(), range), rows(sums.lake(), range)))
            .max()
            .orElse(1);
    long factor = Math.max(1, Math.min(largest / PART_ROWS, MAX_PARTS / ranges));
    long parts = ranges * factor;
    Set<Long> differingParts = differing;
    if (factor > 1) {
      differingParts = differing(sums(parts, everything.within(ranges, differing)));
    }
    Set<Long> examined =
        differingParts.stream().sorted().limit(MAX_EXAMINED).collect(Collectors.toSet());
    return differences(
        everything.within(parts, examined), examined.size() == differingParts.size());
  }

  private Differences differences(KeyFilter within, boolean all) {
    BothSides<List<HashedRow>> rows = BothSides.ask(source, lake, side -> side.rows(within));
    Map<HashedRow, Integer> balance = new HashMap<>();
    rows.source().forEach(row -> balance.merge(row, 1, Integer::sum));
    rows.lake().forEach(row -> balance.merge(row, -1, Integer::sum));
    Set<Long> differing = new TreeSet<>();
    balance.forEach(
        (row, difference) -> {
          if (difference != 0) {
            differing.add(row.key());
          }
        });
    Set<Long> told = differing.stream().limit(MAX_TOLD).collect(Collectors.toSet());
    return new Differences(keys.compare(told, source, lake), differing.size(), all);
  }

  private static Set<Long> differing(BothSides<Map<Long, RangeSum>> sums) {
    Map<Long, RangeSum> left = sums.source();
    Map<Long, RangeSum> right = sums.lake();
    return Stream.concat(left.keySet().stream(), right.keySet().stream())
        .filter(range -> !Objects.equals(left.get(range), right.get(range)))
        .collect(Collectors.toSet());
  }

  private static long rows(Map<Long, RangeSum> sums, long range) {
    return sums.getOrDefault(range, RangeSum.EMPTY).rows();
  }

  private static RangeSum total(Map<Long, RangeSum> sums) {
    return sums.values().stream().reduce(RangeSum.EMPTY, RangeSum::plus);
  }

  /** The result of the comparison. */
  record Outcome(RangeSum source, RangeSum lake, Differences differences) {

    boolean isEqual() {
      return source.equals(lake) && differences.keys() == 0;
    }
  }

  /**
   * The keys that differ.
   *
   * @param told the first keys that differ, which are reported
   * @param keys the number of keys that differ, as far as they were counted
   * @param isComplete all differing keys were counted
   */
  record Differences(List<Difference> told, long keys, boolean isComplete) {

    static final Differences NONE = new Differences(List.of(), 0, true);

    Differences {
      told = List.copyOf(told);
    }
  }
}
