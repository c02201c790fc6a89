package dev.firn.pipeline;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How {@code deliver} writes the records of a stream to raw files, where Firehose is not used.
 *
 * @param state folder that stores how far each shard was read, and the files in progress
 * @param partitions tables and hours that may have a file open at the same time; records beyond
 *     that go to the error prefix
 */
public record DeliveryConfig(Path state, int partitions) {

  /** Firehose's default quota (Amazon Data Firehose quotas). */
  public static final int DEFAULT_PARTITIONS = 500;

  private static final String DEFAULT_STATE = ".firn/delivery";

  public DeliveryConfig {
    Objects.requireNonNull(state, "state");
    if (partitions <= 0) {
      throw new IllegalArgumentException(
          "Cannot use delivery: one partition or more is needed: " + partitions);
    }
  }

  /**
   * @param folder of the pipeline's file
   */
  public static DeliveryConfig defaults(Path folder) {
    return new DeliveryConfig(folder.resolve(DEFAULT_STATE), DEFAULT_PARTITIONS);
  }
}
