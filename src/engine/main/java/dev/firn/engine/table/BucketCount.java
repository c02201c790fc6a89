package dev.firn.engine.table;

import dev.firn.pipeline.LayoutConfig;

/**
 * The default number of buckets for the size of a table: a power of two, so that the rows of a new
 * bucket come from only one old bucket. The number grows in large steps and never shrinks, because
 * after each step the table has files of two layouts.
 */
final class BucketCount {

  /** The largest number of buckets: a large batch writes a file for each. */
  static final int MOST = 1024;

  private static final int LEAST = 2;

  /** A table must need this many times its present buckets before it gets more. */
  private static final int STEP = 4;

  private final LayoutConfig sizes;

  BucketCount(LayoutConfig sizes) {
    this.sizes = sizes;
  }

  /**
   * @param present 0 for an unpartitioned table
   * @param bytes of the table's files
   * @return the present number if it should not change
   */
  int of(int present, long bytes) {
    if (bytes < sizes.bucketFrom()) {
      return present;
    }
    int wanted = wanted(bytes);
    return present == 0 || wanted / STEP >= present ? wanted : present;
  }

  private int wanted(long bytes) {
    long full = Math.max(1, (bytes - 1) / sizes.bucketSize());
    return (int) Math.max(LEAST, Math.min(MOST, Long.highestOneBit(full) << 1));
  }
}
