package dev.firn.engine.raw;

import java.util.List;

/**
 * The listing of a table in the raw zone.
 *
 * @param files to read, sorted by path
 * @param passedOver folders and files, below the root, that no merge reads, because they are not
 *     hour folders and not in one
 */
public record RawListing(List<RawFile> files, List<String> passedOver) {

  public RawListing {
    files = List.copyOf(files);
    passedOver = List.copyOf(passedOver);
  }
}
