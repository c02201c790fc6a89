package dev.firn.contract.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into its JSON objects without parsing them. Objects may follow each other with or
 * without a newline between (Firehose adds none). A record ends with its closing brace, or at a
 * newline, which no JSON string may hold: so a truncated record damages only its own line. Memory
 * is bounded by the longest record that is allowed: of a longer one the first {@link #KEPT} bytes
 * are kept, and the rest is skipped.
 *
 * <p>After {@link #next()} has answered true the record is {@code buffer()[offset() .. offset() +
 * length())} until the next call.
 *
 * <p>A reader that finds the end of a record itself can avoid a second scan: it calls {@link
 * #look()}, parses from {@link #windowStart()} on, and then calls {@link #take(int)}, or {@link
 * #next()} if it could not parse the record.
 */
public final class RecordSplitter {

  /** Bytes kept of a record that is too long; in a record that Firn wrote they include its key. */
  public static final int KEPT = 1 << 10;

  private static final int INITIAL_BUFFER = 1 << 16;

  private final InputStream in;
  private final int maxRecordBytes;
  private byte[] buffer;
  private int start;
  private int end;
  private int limit;
  private int cursor;
  private int fields;

  /** Offset of the buffer's first byte in the stream. */
  private long base;

  /** Bytes of the record that were skipped. */
  private long skipped;

  private long line = 1;
  private long recordLine;
  private boolean endOfStream;

  /**
   * @param maxRecordBytes a longer record is truncated: its first bytes are the record, {@link
   *     #isOversize()} answers true, and reading continues with the record after it
   */
  public RecordSplitter(InputStream in, int maxRecordBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
    this.buffer = new byte[INITIAL_BUFFER];
  }

  /**
   * Splits a stream that is completely in memory.
   *
   * @param length bytes of {@code bytes} that count; they are not changed
   */
  public RecordSplitter(byte[] bytes, int length, int maxRecordBytes) {
    this.in = InputStream.nullInputStream();
    this.maxRecordBytes = maxRecordBytes;
    this.buffer = bytes;
    this.limit = length;
    this.endOfStream = true;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return start;
  }

  /** Bytes of the record in {@link #buffer()}: all, or of one that is too long the first. */
  public int length() {
    return isOversize() ? Math.min(KEPT, end - start) : end - start;
  }

  /** Bytes of the record in the stream. */
  public long recordBytes() {
    return end - start + skipped;
  }

  /** Bytes of the stream before the record. */
  public long position() {
    return base + start;
  }

  /** Named values in the record, at all depths, where {@link #next()} has found its end. */
  public int fields() {
    return fields;
  }

  /** The line the record begins on, from 1. */
  public long line() {
    return recordLine;
  }

  public boolean isOversize() {
    return recordBytes() > maxRecordBytes;
  }

  /** Moves to the next record; false at the end of the stream. */
  public boolean next() throws IOException {
    if (!look()) {
      return false;
    }
    cursor = start;
    end = buffer[start] == '{' ? endOfObject() : endOfLine();
    return true;
  }

  /** Moves to the start of the next record; false at the end of the stream. */
  public boolean look() throws IOException {
    start = end;
    base += skipped;
    skipped = 0;
    fields = 0;
    if (!skipWhitespace()) {
      return false;
    }
    recordLine = line;
    end = start;
    return true;
  }

  /** After {@link #look()} the index in {@link #buffer()} of the record's first byte. */
  public int windowStart() {
    return start;
  }

  /**
   * The index after the last byte that is available to the record; the record may extend beyond it.
   */
  public int windowEnd() {
    return (int) Math.min(limit, (long) start + maxRecordBytes);
  }

  /**
   * After {@link #look()}, ends the record at this index.
   *
   * @param recordEnd in {@link #buffer()}, after the record's last byte; no newline precedes it
   */
  public void take(int recordEnd) {
    end = recordEnd;
  }

  private boolean skipWhitespace() throws IOException {
    while (start < limit || fill()) {
      byte b = buffer[start];
      if (b == '\n') {
        line++;
      } else if (b != ' ' && b != '\t' && b != '\r' && !isByteOrderMark(b)) {
        return true;
      }
      start++;
    }
    end = start;
    return false;
  }

  // EF BB BF, which some writers put before a file.
  private static boolean isByteOrderMark(byte b) {
    return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
  }

  private int endOfObject() throws IOException {
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    for (; hasByte(); cursor++) {
      byte b = buffer[cursor];
      if (b == '\n') {
        return cursor;
      }
      if (escaped) {
        escaped = false;
      } else if (inString) {
        escaped = b == '\\';
        inString = b != '"';
      } else if (b == '"') {
        inString = true;
      } else if (b == ':') {
        fields++;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return cursor + 1;
      }
    }
    return limit;
  }

  private int endOfLine() throws IOException {
    while (hasByte() && buffer[cursor] != '\n') {
      cursor++;
    }
    return cursor;
  }

  /** The record has a byte at the cursor, which reading more may move. */
  private boolean hasByte() throws IOException {
    if (cursor < limit) {
      return true;
    }
    if (!endOfStream && recordBytesRead() > maxRecordBytes) {
      skip();
    }
    return fill();
  }

  private long recordBytesRead() {
    return limit - start + skipped;
  }

  /** Discards all but the beginning of the record. */
  private void skip() {
    int kept = Math.min(limit, start + KEPT);
    skipped += limit - kept;
    limit = kept;
    cursor = kept;
  }

  /**
   * Moves the record that starts at {@code start} to the front of the buffer, and reads more after
   * it.
   */
  private boolean fill() throws IOException {
    if (endOfStream) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      base += start;
      limit -= start;
      cursor -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      long most = (long) maxRecordBytes + INITIAL_BUFFER;
      buffer = Arrays.copyOf(buffer, (int) Math.max(limit + 1L, Math.min(2L * limit, most)));
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      endOfStream = true;
      return false;
    }
    limit += count;
    return true;
  }
}
