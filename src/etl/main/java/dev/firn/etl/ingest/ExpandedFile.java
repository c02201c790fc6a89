package dev.firn.etl.ingest;

import dev.firn.contract.raw.RecordSplitter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A checked file's content: in memory, where it fits, or else as a stream. */
final class ExpandedFile implements Closeable {

  /** A record beyond this is refused; PostgreSQL's own limit of a row is 1 GiB, Kinesis' 10 MiB. */
  static final int MAX_RECORD = 256 << 20;

  private final RecordSplitter records;
  private final InputStream in;

  private ExpandedFile(RecordSplitter records, InputStream in) {
    this.records = records;
    this.in = in;
  }

  /** No file: it has no record. */
  static ExpandedFile empty() {
    return held(new byte[0], 0);
  }

  static ExpandedFile held(byte[] bytes, int length) {
    return new ExpandedFile(new RecordSplitter(bytes, length), InputStream.nullInputStream());
  }

  static ExpandedFile streamed(InputStream in) {
    return new ExpandedFile(new RecordSplitter(in, MAX_RECORD), in);
  }

  RecordSplitter records() {
    return records;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
