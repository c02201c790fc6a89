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
 * Opens gzip files, each after it was checked whole: every member, every check sum, nothing behind
 * the end. So no record of a damaged file is ever seen. The JDK's own stream would pass over a
 * second member or a damaged tail in silence; this one is commons-compress', which Spark brings.
 *
 * <p>Damage is what the decoder finds wrong in bytes that are complete. What the storage fails to
 * give says nothing about the file: that is an {@link IOException}, and the file is read again.
 *
 * <p>A file is decompressed once, into memory, where {@link #HELD_EXPANDED} holds it; a larger one
 * once to check it and once to read it. The memory is used again for the next file: one file is
 * read at a time, and not by several threads. Who has read all {@link #close}s it, and the next one
 * on that thread has its memory.
 */
final class Gunzip implements Closeable {

  /** Expanded bytes held in memory. */
  static final int HELD_EXPANDED = 64 << 20;

  private static final int BUFFER = 1 << 16;

  /** Large arrays are dear to make; a collector that needs the room takes them. */
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

  /** Nothing that was opened is read any more. */
  @Override
  public void close() {
    if (expanded.length > 0) {
      LEFT.set(new SoftReference<>(expanded));
      expanded = new byte[0];
    }
  }

  /**
   * @param length of the file as it was listed, compressed
   * @throws DamagedFileException when the file is whole and no gzip file, or a bomb
   * @throws IOException when the storage does not give what was listed
   */
  ExpandedFile open(Path path, long length) throws IOException, DamagedFileException {
    if (length == 0) {
      throw new DamagedFileException("the file is empty: not even a gzip header is there");
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

  /** Expands the file, into memory as far as it is held; answers its size. */
  private long check(Path path, long length) throws IOException, DamagedFileException {
    try (StoredBytes compressed = new StoredBytes(files.open(path), length)) {
      try {
        return expand(compressed, length);
      } catch (EOFException e) {
        compressed.requireWhole();
        throw new DamagedFileException("the gzip check failed: the file is cut off", e);
      } catch (IOException | RuntimeException e) {
        // Bytes that are no gzip header have the decoder throw more than it declares.
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
                "the file expands to more than %,d bytes (merge.max_file)",
                limits.file()));
      }
    }
    return size;
  }

  // Behind what is held the bytes are checked alone: they fall on those before them.
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
