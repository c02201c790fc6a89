package dev.firn.contract.raw;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A file of the raw zone in the making, under a name that no reader looks at. */
final class RawFile {

  private static final int BUFFER = 1 << 16;

  private final Path temporary;
  private final Path target;
  private final OutputStream out;

  RawFile(Path temporary, Path target) throws IOException {
    this.temporary = temporary;
    this.target = target;
    this.out =
        new BufferedOutputStream(
            new GZIPOutputStream(Files.newOutputStream(temporary), BUFFER), BUFFER);
  }

  /** Answers the number of bytes appended, uncompressed. */
  int append(byte[] line) throws IOException {
    out.write(line);
    return line.length;
  }

  void complete() throws IOException {
    out.close();
    Durably.move(temporary, target);
  }

  void abandon() throws IOException {
    out.close();
    Files.deleteIfExists(temporary);
  }
}
