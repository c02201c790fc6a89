package dev.firn.etl.ingest;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens a gzip file after it was checked whole: every member, every check sum, nothing behind the
 * end. So no record of a damaged file is ever seen. The JDK's own stream would pass over a second
 * member or a damaged tail in silence; this one is commons-compress', which Spark brings.
 *
 * <p>Costs one more decompression; a compressed file is held in memory up to {@link #HELD} bytes, a
 * larger one is read twice.
 */
final class Gunzip {

  /** Compressed bytes held in memory between check and reading. */
  private static final int HELD = 32 << 20;

  /** A file that grows by more than this when it is expanded is a bomb, not data. */
  private static final long MAX_RATIO = 1000;

  private static final int BUFFER = 1 << 16;

  private final FileSystem files;
  private final Path path;
  private final long length;

  Gunzip(FileSystem files, Path path, long length) {
    this.files = files;
    this.path = path;
    this.length = length;
  }

  /**
   * @throws DamagedFileException when the file is not whole
   */
  InputStream open() throws IOException, DamagedFileException {
    if (length == 0) {
      throw new DamagedFileException("the file is empty: not even a gzip header is there");
    }
    if (length > HELD) {
      check(files.open(path));
      return decompress(files.open(path));
    }
    byte[] compressed = readAll();
    check(new ByteArrayInputStream(compressed));
    return decompress(new ByteArrayInputStream(compressed));
  }

  private byte[] readAll() throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  private void check(InputStream compressed) throws DamagedFileException {
    try (InputStream in = decompress(compressed)) {
      byte[] buffer = new byte[BUFFER];
      long expanded = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        expanded += count;
        if (expanded / MAX_RATIO > length) {
          throw new DamagedFileException(
              "the file expands to more than %d times its size".formatted(MAX_RATIO));
        }
      }
    } catch (EOFException e) {
      throw new DamagedFileException("the gzip check failed: the file is cut off", e);
    } catch (IOException e) {
      throw new DamagedFileException("the gzip check failed: " + e.getMessage(), e);
    }
  }

  private static InputStream decompress(InputStream compressed) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(compressed)
        .setDecompressConcatenated(true)
        .get();
  }
}
