package dev.firn.engine.raw;

import java.util.List;

/**
 * What was found of a table in the raw zone.
 *
 * @param files to be read, by path
 * @param passedOver folders and files, below the root, that no merge reads, since no hour folder is
 *     what they are, or are in
 */
public record RawListing(List<RawFile> files, List<String> passedOver) {

  public RawListing {
    files = List.copyOf(files);
    passedOver = List.copyOf(passedOver);
  }
}
