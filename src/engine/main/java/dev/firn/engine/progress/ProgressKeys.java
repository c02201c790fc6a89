package dev.firn.engine.progress;

/** What Firn writes into the properties of a table, in the commit that publishes a batch. */
public final class ProgressKeys {

  /** Version of all that Firn keeps in a table and beside it. */
  public static final String FORMAT_VERSION = "firn.format-version";

  /** The newest batch. */
  public static final String BATCH = "firn.batch-id";

  /** A snapshot that holds it and all batches before. */
  public static final String SNAPSHOT = "firn.batch-snapshot-id";

  /** Sequence number of that snapshot. */
  public static final String SEQUENCE = "firn.batch-sequence-number";

  /** The greatest position that was ever merged. */
  public static final String MERGED_UP_TO = "firn.merged-up-to";

  /** The greatest position among the tombstones that were forgotten. */
  public static final String FORGOTTEN_BELOW = "firn.forgotten-below";

  private ProgressKeys() {}
}
