package dev.firn.engine.ingest;

import dev.firn.contract.raw.RecordSplitter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The content of a checked file: in memory if it fits, otherwise as a stream. */
final class ExpandedFile implements Closeable {

  private final RecordSplitter records;
  private final InputStream in;

  private ExpandedFile(RecordSplitter records, InputStream in) {
    this.records = records;
    this.in = in;
  }

  /** No file: there are no records. */
  static ExpandedFile empty() {
    return held(new byte[0], 0, 0);
  }

  static ExpandedFile held(byte[] bytes, int length, int maxRecord) {
    return new ExpandedFile(
        new RecordSplitter(bytes, length, maxRecord), InputStream.nullInputStream());
  }

  static ExpandedFile streamed(InputStream in, int maxRecord) {
    return new ExpandedFile(new RecordSplitter(in, maxRecord), in);
  }

  RecordSplitter records() {
    return records;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
