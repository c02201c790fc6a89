package dev.firn.engine.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The bytes of a stored file as the storage returns them. An error of the storage, or a number of
 * bytes other than the listed one, is a failure of the storage, and is kept: so the caller can
 * distinguish it from a damaged file, however a decoder wraps the exception.
 */
final class StoredBytes extends InputStream {

  private final InputStream in;
  private final long length;
  private long given;
  private IOException failure;

  /**
   * @param length the length in the listing
   */
  StoredBytes(InputStream in, long length) {
    this.in = in;
    this.length = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int got;
    try {
      got = in.read(target, offset, count);
    } catch (IOException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      throw failed(new IOException("the storage failed: " + e, e));
    }
    given += Math.max(got, 0);
    if (got < 0 ? given < length : given > length) {
      throw failed(
          new IOException(
              String.format(
                  Locale.ROOT,
                  "the storage returned %,d bytes%s, but %,d were listed",
                  given,
                  got < 0 ? "" : " and more",
                  length)));
    }
    return got;
  }

  /**
   * Reads to the end, to find out whether all bytes were returned.
   *
   * @throws IOException when the storage failed, now or before
   */
  void requireWhole() throws IOException {
    if (failure != null) {
      throw failure;
    }
    byte[] rest = new byte[1 << 16];
    while (read(rest, 0, rest.length) >= 0) {
      // Only the number of bytes matters here.
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private IOException failed(IOException e) {
    failure = failure == null ? e : failure;
    return failure;
  }
}
