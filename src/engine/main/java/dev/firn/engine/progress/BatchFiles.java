package dev.firn.engine.progress;

import dev.firn.engine.raw.RawFile;
import java.util.List;
import java.util.Optional;

/**
 * The raw files named by the manifest of a batch.
 *
 * @param previous the previous batch; empty for the first
 * @param number of the batch, counted from the table's first
 * @param files that the batch read, or named again
 */
public record BatchFiles(String previous, long number, List<RawFile> files) {

  /** Finds the manifests. */
  public interface Source {

    /** Empty if the manifest no longer exists. */
    Optional<BatchFiles> find(String batch);
  }

  public BatchFiles {
    files = List.copyOf(files);
  }
}
