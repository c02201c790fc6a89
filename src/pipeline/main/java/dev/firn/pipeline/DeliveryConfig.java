package dev.firn.pipeline;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How records of a stream become raw files where Firehose does not do it.
 *
 * @param state folder that says how far each shard was read; files stand there until they are
 *     complete
 * @param partitions tables and hours that may have a file open at one time; records of one more go
 *     to the error prefix
 */
public record DeliveryConfig(Path state, int partitions) {

  /** What Firehose has unless it is asked for more (Amazon Data Firehose quotas). */
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
