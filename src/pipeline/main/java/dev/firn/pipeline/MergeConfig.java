package dev.firn.pipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * How raw files become rows.
 *
 * @param lookBack how long before the last merge an hour folder is still looked into for late files
 * @param tombstones how long a delete is remembered, so that a late older event cannot bring its
 *     row back; not shorter than the look-back
 * @param parallelTables merged side by side in one application
 * @param quarantineLimit share of a table's records in quarantine, 0 to 1, beyond which a batch is
 *     not committed
 * @param engine of the tables that name none
 * @param layout of the tables that do not say how many buckets they have
 * @param driverSize bytes of raw files, compressed, up to which a batch of a table is merged by the
 *     driver itself
 * @param limits what is read of raw files at most
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
          "Cannot use merge options: deletes are forgotten while older files are still looked for: %s, %s"
              .formatted(tombstones, lookBack));
    }
    if (!(quarantineLimit >= 0 && quarantineLimit <= 1)) {
      throw new IllegalArgumentException(
          "Cannot use merge options: the quarantine limit is a share from 0 to 1: "
              + quarantineLimit);
    }
  }

  /** With the layout, the driver's share and the limits by default. */
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
