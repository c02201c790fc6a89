package dev.firn.bench.merge.report;

import java.util.List;

/** The median of some values, with the lowest and the highest. */
record Spread(double median, double least, double greatest) {

  /**
   * @param values at least one; of an even number the lower middle counts
   */
  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return new Spread(
        sorted.get((sorted.size() - 1) / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /** The ratio of this spread to the other: of the medians, and of the worst and best of both. */
  Spread over(Spread other) {
    return new Spread(median / other.median, least / other.greatest, greatest / other.least);
  }
}
