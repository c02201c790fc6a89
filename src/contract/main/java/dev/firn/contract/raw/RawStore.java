package dev.firn.contract.raw;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the raw zone is kept: a folder or a bucket. Paths are relative to its root, with {@code /},
 * as {@link RawPath} makes them. A file is either complete or absent. When {@code put} returns, the
 * file is durable, so its changes may be acknowledged to the source. Putting a path again replaces
 * the file.
 *
 * <p>Thread-safe.
 */
public interface RawStore extends Closeable {

  void put(String path, byte[] content) throws IOException;

  /**
   * Moves a local file into the raw zone: the local file no longer exists when this returns. After
   * a failure it may still exist, and the caller has to delete it.
   */
  void put(String path, Path file) throws IOException;

  boolean exists(String path) throws IOException;

  /** Empty where there is no such file. */
  Optional<byte[]> read(String path) throws IOException;
}
