package dev.firn.contract.fault;

import java.util.Locale;

/**
 * The points at which a stage can be made to die, fail or wait. A process takes them from {@code
 * FIRN_FAILPOINT} ({@link Failpoints}); a test in the same JVM calls {@link #arm}. While a point is
 * not armed, passing it costs one read of a field.
 */
public enum Failpoint {
  /** The slot is created, and the source's record does not mention it yet. */
  CAPTURE_SLOT_MADE,
  /** Some rows of a range are copied into the output, and none is acknowledged yet. */
  CAPTURE_COPYING,
  /** A range of a table is copied and recorded; others of the table may not be. */
  CAPTURE_RANGE_RECORDED,
  /** Every row of a table's copy is durable, and its snapshot record is not written yet. */
  CAPTURE_COPIED,
  /**
   * The snapshot record is written, and the source does not record yet that the copy is complete.
   */
  CAPTURE_COPY_RECORDED,
  /** Events are about to be put into the stream, or their files into the raw zone. */
  CAPTURE_PUT,
  /**
   * Events are in the stream, or their files in the raw zone, and the producer has not noted it
   * yet.
   */
  CAPTURE_ACCEPTED,
  /** The position to acknowledge is recorded, and the acknowledgement is not sent yet. */
  CAPTURE_ACKNOWLEDGE,
  /** A file is complete in the state folder of deliver, and not in the raw zone yet. */
  DELIVERY_PUT,
  /** Files are in the raw zone, and the checkpoint does not include them yet. */
  DELIVERY_DELIVERED,
  /** The plan of a batch is made and its files are read; nothing is written yet. */
  MERGE_READ,
  /** The manifest of a batch is written, and no snapshot references it yet. */
  MERGE_MANIFEST_WRITTEN,
  /** The data files of a batch are written, and no snapshot references them yet. */
  MERGE_STAGED,
  /** The tombstones of a batch are committed, the batch itself is not. */
  MERGE_TOMBSTONES_COMMITTED,
  /** The batch is committed, and the run has not received the answer yet. */
  MERGE_COMMITTED;

  // Deliberately a switch of the whole process.
  @SuppressWarnings("ImmutableEnumChecker")
  private volatile Runnable action;

  /** Runs the action that is armed at this point, if any. */
  public void pass() {
    Runnable armed = action;
    if (armed != null) {
      armed.run();
    }
  }

  /**
   * Arms the point for this JVM, until it is {@link #disarm disarmed}.
   *
   * @param armed action that each passing thread runs
   */
  public void arm(Runnable armed) {
    action = armed;
  }

  /** Disarms the point. */
  public void disarm() {
    action = null;
  }

  /** As {@code FIRN_FAILPOINT} names it: {@code merge-staged}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
