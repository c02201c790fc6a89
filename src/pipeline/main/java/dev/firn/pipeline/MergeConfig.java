package dev.firn.pipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * How raw files become rows.
 *
 * @param lookBack how far back before the last merge hour folders are still searched for late files
 * @param tombstones how long a delete is remembered, so that a late older event cannot bring its
 *     row back; not shorter than the look-back
 * @param parallelTables merged in parallel in one application
 * @param quarantineLimit share of a table's records, 0 to 1; a batch with more of them in
 *     quarantine is not committed
 * @param engine of the tables that do not name one
 * @param layout of the tables without a number of buckets in their options
 * @param driverSize bytes of raw files, compressed, up to which a batch of a table is merged by the
 *     driver itself
 * @param limits the maximum that is read from raw files
 */
public record MergeConfig(
    Duration lookBack,
    Duration tombstones,
    int parallelTables,
    double quarantineLimit,
    Engine engine,
    LayoutConfig layout,
    long driverSize,
    ReadLimits limits) {

  public static final MergeConfig DEFAULT =
      new MergeConfig(
          Duration.ofDays(7),
          Duration.ofDays(7),
          4,
          0.5,
          Engine.DIRECT,
          LayoutConfig.DEFAULT,
          2L << 20,
          ReadLimits.DEFAULT);

  public MergeConfig {
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(limits, "limits");
    if (lookBack.isNegative() || tombstones.isNegative() || parallelTables < 1) {
      throw new IllegalArgumentException(
          "Cannot use merge options: durations 0 or more, one table at a time or more: %s, %s, %s"
              .formatted(lookBack, tombstones, parallelTables));
    }
    if (tombstones.compareTo(lookBack) < 0) {
      throw new IllegalArgumentException(
          "Cannot use merge options: tombstones are shorter than look_back: %s, %s"
              .formatted(tombstones, lookBack));
    }
    if (!(quarantineLimit >= 0 && quarantineLimit <= 1)) {
      throw new IllegalArgumentException(
          "Cannot use merge options: the quarantine limit is a share from 0 to 1: "
              + quarantineLimit);
    }
  }

  /** With defaults for layout, driver size and limits. */
  public MergeConfig(
      Duration lookBack,
      Duration tombstones,
      int parallelTables,
      double quarantineLimit,
      Engine engine) {
    this(
        lookBack,
        tombstones,
        parallelTables,
        quarantineLimit,
        engine,
        DEFAULT.layout,
        DEFAULT.driverSize,
        DEFAULT.limits);
  }
}
