package dev.firn.engine.direct;

import dev.firn.engine.batch.FoldedBatch;

/**
 * How much of a batch is processed at a time.
 *
 * @param part bytes of changes a task writes
 * @param completedPart the same if old rows are needed, which may be many times as large
 * @param slice parts whose keys are broadcast together
 */
public record PartSizes(long part, long completedPart, int slice) {

  public static final PartSizes DEFAULT = new PartSizes(64L << 20, 4L << 20, 4);

  public PartSizes {
    if (part < completedPart || completedPart < 1 || slice < 1) {
      throw new IllegalArgumentException(
          "Cannot use part sizes: %s, %s, %s".formatted(part, completedPart, slice));
    }
  }

  long of(FoldedBatch batch) {
    return batch.hasUnchanged() ? completedPart : part;
  }

  /** Whether all keys of the batch can be broadcast together. */
  boolean isOneSlice(FoldedBatch batch) {
    return batch.bytes() <= slice * completedPart;
  }
}
