package dev.firn.pipeline;

import java.io.Serializable;

/**
 * The limits for reading raw files, so that no file or record exhausts the memory of a run.
 * Serialized to the executors.
 *
 * @param record bytes of one record; a longer one is quarantined
 * @param file bytes of one file when decompressed; a larger one is quarantined as a whole
 */
public record ReadLimits(long record, long file) implements Serializable {

  /** A record is read into one text and one row, so it takes a multiple of itself as memory. */
  public static final long MOST_RECORD = 256L << 20;

  public static final long LEAST_RECORD = 64L << 10;

  public static final ReadLimits DEFAULT = new ReadLimits(64L << 20, 8L << 30);

  public ReadLimits {
    if (record < LEAST_RECORD || record > MOST_RECORD || file < record) {
      throw new IllegalArgumentException(
          "Cannot use read limits: a record has %s to %s bytes, a file no fewer: %s, %s"
              .formatted(LEAST_RECORD, MOST_RECORD, record, file));
    }
  }
}
