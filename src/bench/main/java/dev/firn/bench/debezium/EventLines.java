package dev.firn.bench.debezium;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The sink of the events as lines: a gzip file at Firn's compression level, or nothing. */
final class EventLines implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final OutputStream out;

  private EventLines(OutputStream out) {
    this.out = out;
  }

  static EventLines gzip(Path file) throws IOException {
    return new EventLines(
        new BufferedOutputStream(
            new GZIPOutputStream(Files.newOutputStream(file), BUFFER) {
              {
                def.setLevel(Deflater.BEST_SPEED);
              }
            },
            BUFFER));
  }

  static EventLines none() {
    return new EventLines(OutputStream.nullOutputStream());
  }

  void add(byte[] event) throws IOException {
    out.write(event);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
