package dev.firn.contract.raw;

import java.time.Duration;

/**
 * When buffered events become files, like Firehose's buffering hints.
 *
 * @param maxAge of the oldest event that is not yet in a file
 * @param maxBytes of all open files together, uncompressed
 * @param maxFiles open at one time: one a table and hour
 */
public record BufferLimits(Duration maxAge, long maxBytes, int maxFiles) {

  public BufferLimits {
    if (maxAge.isNegative() || maxBytes <= 0 || maxFiles <= 0) {
      throw new IllegalArgumentException(
          "Cannot use buffer limits: age 0 or more, bytes and files more than 0: %s, %s, %s"
              .formatted(maxAge, maxBytes, maxFiles));
    }
  }
}
