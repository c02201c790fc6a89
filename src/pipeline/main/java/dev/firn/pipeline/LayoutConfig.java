package dev.firn.pipeline;

/**
 * The size from which a table is partitioned into buckets of its key, and the size of these
 * buckets.
 *
 * @param bucketFrom bytes of a table's files from which it has buckets, unless its own options set
 *     their number
 * @param bucketSize bytes a bucket is to hold
 */
public record LayoutConfig(long bucketFrom, long bucketSize) {

  public static final LayoutConfig DEFAULT = new LayoutConfig(4L << 30, 512L << 20);

  public LayoutConfig {
    if (bucketFrom < 1 || bucketSize < 1) {
      throw new IllegalArgumentException(
          "Cannot use layout options: sizes are one byte or more: %s, %s"
              .formatted(bucketFrom, bucketSize));
    }
  }
}
