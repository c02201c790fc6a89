package dev.firn.engine.raw;

import java.io.Serializable;
import java.util.Objects;

/**
 * A file of the raw zone.
 *
 * @param path below the raw zone's root
 * @param length in bytes; a file whose length changed counts as another file
 */
public record RawFile(String path, long length) implements Serializable {

  public RawFile {
    Objects.requireNonNull(path, "path");
  }
}
