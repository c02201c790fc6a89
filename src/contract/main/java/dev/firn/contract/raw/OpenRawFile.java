package dev.firn.contract.raw;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A raw file in progress, under a name that readers ignore. */
final class OpenRawFile {

  private static final int BUFFER = 1 << 16;

  private final Path temporary;
  private final Path target;
  private final OutputStream out;

  OpenRawFile(Path temporary, Path target) throws IOException {
    this.temporary = temporary;
    this.target = target;
    this.out =
        new BufferedOutputStream(
            new FastGzip(new NamedFile(Files.newOutputStream(temporary), temporary)), BUFFER);
  }

  void append(byte[] line, int length) throws IOException {
    out.write(line, 0, length);
  }

  void complete() throws IOException {
    out.close();
    Durably.move(temporary, target);
  }

  void abandon() throws IOException {
    out.close();
    Files.deleteIfExists(temporary);
  }

  /** The operating system's error for a full disk names no file, so the file is added here. */
  private static final class NamedFile extends FilterOutputStream {

    private final Path file;

    NamedFile(OutputStream out, Path file) {
      super(out);
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new IOException("Cannot write raw file: " + file, e);
      }
    }
  }

  /**
   * The fastest level: compression takes a third of the time of the default level, for files a
   * quarter larger.
   */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
