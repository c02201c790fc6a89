package dev.firn.pipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * How raw files become rows.
 *
 * @param lookBack how long before the last merge an hour folder is still looked into for late files
 * @param tombstones how long a delete is remembered, so that a late older event cannot bring its
 *     row back
 * @param parallelTables merged side by side in one application
 * @param quarantineLimit share of a table's records in quarantine, 0 to 1, beyond which a batch is
 *     not committed
 * @param engine of the tables that name none
 */
public record MergeConfig(
    Duration lookBack,
    Duration tombstones,
    int parallelTables,
    double quarantineLimit,
    Engine engine) {

  public static final MergeConfig DEFAULT =
      new MergeConfig(Duration.ofDays(7), Duration.ofDays(7), 4, 0.5, Engine.DIRECT);

  public MergeConfig {
    Objects.requireNonNull(engine, "engine");
    if (lookBack.isNegative() || tombstones.isNegative() || parallelTables < 1) {
      throw new IllegalArgumentException(
          "Cannot use merge options: durations 0 or more, one table at a time or more: %s, %s, %d"
              .formatted(lookBack, tombstones, parallelTables));
    }
    if (!(quarantineLimit >= 0 && quarantineLimit <= 1)) {
      throw new IllegalArgumentException(
          "Cannot use merge options: the quarantine limit is a share from 0 to 1: "
              + quarantineLimit);
    }
  }
}
