package dev.firn.engine.ingest;

import dev.firn.pipeline.ReadLimits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens gzip files, each after a check of the whole file: every member, every checksum, nothing
 * after the end. So no record of a damaged file is ever used. The JDK's stream would silently
 * ignore a second member or a damaged tail; this class uses commons-compress, which Spark includes.
 *
 * <p>A file is damaged if the decoder finds an error although all bytes were received. If the
 * storage does not return all bytes, the file may be intact: that is an {@link IOException}, and
 * the file is read again.
 *
 * <p>A file of up to {@link #HELD_EXPANDED} bytes is decompressed once, into memory; a larger file
 * twice, once to check it and once to read it. The memory is reused for the next file: one file is
 * read at a time, by one thread. After the last file {@link #close} hands the memory to the next
 * instance on the same thread.
 */
final class Gunzip implements Closeable {

  /** Decompressed bytes that are held in memory. */
  static final int HELD_EXPANDED = 64 << 20;

  private static final int BUFFER = 1 << 16;

  /** Large arrays are expensive to allocate; the garbage collector may reclaim this one. */
  private static final ThreadLocal<SoftReference<byte[]>> LEFT =
      ThreadLocal.withInitial(() -> new SoftReference<>(new byte[0]));

  private final FileSystem files;
  private final int heldExpanded;
  private final ReadLimits limits;
  private byte[] expanded;

  Gunzip(FileSystem files, ReadLimits limits) {
    this(files, HELD_EXPANDED, limits);
  }

  Gunzip(FileSystem files, int heldExpanded, ReadLimits limits) {
    this.files = files;
    this.heldExpanded = heldExpanded;
    this.limits = limits;
    byte[] left = LEFT.get().get();
    this.expanded = left == null ? new byte[0] : left;
    LEFT.remove();
  }

  /** Call it when no opened file is read any more. */
  @Override
  public void close() {
    if (expanded.length > 0) {
      LEFT.set(new SoftReference<>(expanded));
      expanded = new byte[0];
    }
  }

  /**
   * @param length of the file as it was listed, compressed
   * @throws DamagedFileException when the file is complete but not a valid gzip file, or a gzip
   *     bomb
   * @throws IOException when the storage does not return the bytes that were listed
   */
  ExpandedFile open(Path path, long length) throws IOException, DamagedFileException {
    if (length == 0) {
      throw new DamagedFileException("the file is empty: it has no gzip header");
    }
    long size = check(path, length);
    int record = (int) limits.record();
    return size <= heldExpanded
        ? ExpandedFile.held(expanded, (int) size, record)
        : ExpandedFile.streamed(again(path, length), record);
  }

  private InputStream again(Path path, long length) throws IOException {
    StoredBytes compressed = new StoredBytes(files.open(path), length);
    try {
      return decompress(compressed);
    } catch (IOException e) {
      compressed.close();
      throw e;
    }
  }

  /** Decompresses the file, its beginning into memory, and returns its size. */
  private long check(Path path, long length) throws IOException, DamagedFileException {
    try (StoredBytes compressed = new StoredBytes(files.open(path), length)) {
      try {
        return expand(compressed, length);
      } catch (EOFException e) {
        compressed.requireWhole();
        throw new DamagedFileException("the gzip check failed: the file is truncated", e);
      } catch (IOException | RuntimeException e) {
        // For bytes that are not a gzip header the decoder throws more than it declares.
        compressed.requireWhole();
        throw new DamagedFileException("the gzip check failed: " + e.getMessage(), e);
      }
    }
  }

  private long expand(InputStream compressed, long length)
      throws IOException, DamagedFileException {
    InputStream in = decompress(compressed);
    long size = 0;
    for (int count = read(in, size, length); count >= 0; count = read(in, size, length)) {
      size += count;
      if (size > limits.file()) {
        throw new DamagedFileException(
            String.format(
                Locale.ROOT,
                "the file decompresses to more than %,d bytes (merge.max_file)",
                limits.file()));
      }
    }
    return size;
  }

  // Beyond the held bytes the rest is only checked: it overwrites the same buffer.
  private int read(InputStream in, long size, long length) throws IOException {
    int at = size < heldExpanded ? (int) size : 0;
    if (expanded.length - at < BUFFER) {
      long wanted = Math.max(2L * expanded.length, 8 * length);
      long most = Math.min(wanted, heldExpanded);
      expanded = Arrays.copyOf(expanded, (int) Math.max(most, at) + BUFFER);
    }
    return in.read(expanded, at, expanded.length - at);
  }

  private static InputStream decompress(InputStream compressed) throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(compressed)
        .setBufferSize(BUFFER)
        .setDecompressConcatenated(true)
        .get();
  }
}
