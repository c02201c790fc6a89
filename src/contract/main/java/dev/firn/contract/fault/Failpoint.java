package dev.firn.contract.fault;

import java.util.Locale;

/**
 * The points at which a stage can be made to die, fail or wait. A process takes them from {@code
 * FIRN_FAILPOINT} ({@link Failpoints}); a test in the same JVM calls {@link #arm}. While a point is
 * not armed, passing it costs one read of a field.
 */
public enum Failpoint {
  /** The slot is made, and the source's record does not say so. */
  CAPTURE_SLOT_MADE,
  /** Some rows of a range are copied into the output, and none is known to be durable. */
  CAPTURE_COPYING,
  /** A range of a table is copied and recorded; others of the table may not be. */
  CAPTURE_RANGE_RECORDED,
  /** Every row of a table's copy is durable, and its snapshot record is not written. */
  CAPTURE_COPIED,
  /** The snapshot record is written, and the source does not know that the copy is complete. */
  CAPTURE_COPY_RECORDED,
  /** Events are to be put into the stream, or their files into the raw zone; none is there. */
  CAPTURE_PUT,
  /** Events are in the stream, or their files in the raw zone, and nothing knows it. */
  CAPTURE_ACCEPTED,
  /** It is recorded how far the slot may be acknowledged, and the acknowledgement is not sent. */
  CAPTURE_ACKNOWLEDGE,
  /** A file is complete in the state folder of deliver, and not in the raw zone. */
  DELIVERY_PUT,
  /** Files are in the raw zone, and the checkpoint does not say so. */
  DELIVERY_DELIVERED,
  /** The plan of a batch is made and its files are read; nothing is written yet. */
  MERGE_READ,
  /** The manifest of a batch is written, and no snapshot names it. */
  MERGE_MANIFEST_WRITTEN,
  /** The data files of a batch are written, and no snapshot names them. */
  MERGE_STAGED,
  /** The tombstones of a batch are committed, the batch itself is not. */
  MERGE_TOMBSTONES_COMMITTED,
  /** The batch is committed, and the run does not know it yet. */
  MERGE_COMMITTED;

  // A switch of the whole process, and meant to be one.
  @SuppressWarnings("ImmutableEnumChecker")
  private volatile Runnable action;

  /** Does what was asked for at this point, and nothing where nothing was. */
  public void pass() {
    Runnable armed = action;
    if (armed != null) {
      armed.run();
    }
  }

  /**
   * Arms the point for this JVM, until it is {@link #disarm disarmed}.
   *
   * @param armed run by each thread that passes
   */
  public void arm(Runnable armed) {
    action = armed;
  }

  /** Makes the point harmless. */
  public void disarm() {
    action = null;
  }

  /** As {@code FIRN_FAILPOINT} names it: {@code merge-staged}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
