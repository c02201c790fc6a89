package dev.firn.engine.progress;

/** The table properties that Firn writes, in the commit that publishes a batch. */
public final class ProgressKeys {

  /** The {@link FormatVersion} of the table. */
  public static final String FORMAT_VERSION = "firn.format-version";

  /** The newest batch. */
  public static final String BATCH = "firn.batch-id";

  /** A snapshot that contains the newest batch and all earlier ones. */
  public static final String SNAPSHOT = "firn.batch-snapshot-id";

  /** Sequence number of that snapshot. */
  public static final String SEQUENCE = "firn.batch-sequence-number";

  /** The greatest position ever merged. */
  public static final String MERGED_UP_TO = "firn.merged-up-to";

  /** The greatest position among the expired tombstones. */
  public static final String FORGOTTEN_BELOW = "firn.forgotten-below";

  private ProgressKeys() {}
}
