package dev.firn.engine.table;

import dev.firn.pipeline.LayoutConfig;

/**
 * How many buckets a table of some size gets when nobody says: a power of two, so that a new bucket
 * holds rows of one old bucket only. Buckets become more in large steps and never fewer: each step
 * leaves files of two layouts side by side.
 */
final class BucketCount {

  /** Each is a file a large batch. */
  static final int MOST = 1024;

  private static final int LEAST = 2;

  /** A table must be worth this many times its buckets to get more. */
  private static final int STEP = 4;

  private final LayoutConfig sizes;

  BucketCount(LayoutConfig sizes) {
    this.sizes = sizes;
  }

  /**
   * @param present 0 for an unpartitioned table
   * @param bytes of the table's files
   * @return the present number where it is to stay
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
