package dev.firn.engine.progress;

import dev.firn.engine.raw.RawFile;
import java.util.List;
import java.util.Optional;

/**
 * The raw files that the manifest of a batch names.
 *
 * @param previous the batch before; empty for the first
 * @param number of the batch, counted from its table's first
 * @param files read by it, or named again by it
 */
public record BatchFiles(String previous, long number, List<RawFile> files) {

  /** Where the manifests are. */
  public interface Source {

    /** Empty where the manifest is gone. */
    Optional<BatchFiles> find(String batch);
  }

  public BatchFiles {
    files = List.copyOf(files);
  }
}
