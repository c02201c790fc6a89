package dev.firn.pipeline;

/**
 * From which size a table is spread over buckets of its key, and how large these are to be.
 *
 * @param bucketFrom bytes of a table's files from which it has buckets, unless its own options say
 *     how many
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
