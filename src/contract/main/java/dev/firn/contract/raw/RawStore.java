package dev.firn.contract.raw;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the raw zone is kept: a folder or a bucket. Paths are relative to its root, with {@code /},
 * as {@link RawPath} makes them. A file is whole or not there; when a {@code put} returns it is
 * there for good, so the source may be told to forget what is in it. Putting a path again replaces
 * the file.
 *
 * <p>Safe for use by several threads.
 */
public interface RawStore extends Closeable {

  void put(String path, byte[] content) throws IOException;

  /**
   * Takes a file over: it is gone from where it was when this returns. Where this fails it may be
   * gone or not, and is the caller's to delete.
   */
  void put(String path, Path file) throws IOException;

  boolean exists(String path) throws IOException;

  /** Empty where there is no such file. */
  Optional<byte[]> read(String path) throws IOException;
}
