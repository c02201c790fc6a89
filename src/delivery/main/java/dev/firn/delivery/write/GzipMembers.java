package dev.firn.delivery.write;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A gzip file of one or more members. */
final class GzipMembers implements Closeable {

  // Small, since there is one for every table and hour.
  private static final int BUFFER = 1 << 13;

  private final OutputStream file;
  private final int recordsAMember;
  private OutputStream out;
  private int records;

  GzipMembers(Path path, int recordsAMember) throws IOException {
    this.file = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
    this.recordsAMember = recordsAMember;
    begin();
  }

  void write(byte[] record, int length) throws IOException {
    if (records == recordsAMember) {
      out.close();
      begin();
    }
    out.write(record, 0, length);
    records++;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      out.close();
    }
  }

  private void begin() throws IOException {
    out = new BufferedOutputStream(new GZIPOutputStream(new Unclosed(file), BUFFER), BUFFER);
    records = 0;
  }

  // Closing a member releases its compressor; finishing it does not.
  private static final class Unclosed extends FilterOutputStream {

    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
