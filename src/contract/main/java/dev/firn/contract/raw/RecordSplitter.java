package dev.firn.contract.raw;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Tells the JSON objects of a stream apart without reading what is in them. Objects may follow each
 * other with or without a newline between (Firehose adds none). A record ends with its closing
 * brace, or at a newline, which no JSON string may hold: so a record that is cut off costs its line
 * and nothing after it. Memory is bounded by the longest record.
 *
 * <p>After {@link #next()} has answered true the record is {@code buffer()[offset() .. offset() +
 * length())} until the next call.
 *
 * <p>A reader that finds the end of a record by itself need not have it searched before: it asks
 * {@link #look()}, reads what it can from {@link #windowStart()} on, and answers with {@link
 * #take(int)}, or where it cannot with {@link #next()}.
 */
public final class RecordSplitter {

  private static final int INITIAL_BUFFER = 1 << 16;

  private final InputStream in;
  private final int maxRecordBytes;
  private byte[] buffer;
  private int start;
  private int end;
  private int limit;
  private long line = 1;
  private long recordLine;
  private boolean oversize;
  private boolean endOfStream;

  /**
   * @param maxRecordBytes a longer record is given up: its first bytes are the record, {@link
   *     #isOversize()} answers true, and reading goes on behind the next newline
   */
  public RecordSplitter(InputStream in, int maxRecordBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
    this.buffer = new byte[INITIAL_BUFFER];
  }

  /**
   * Of a stream that is in memory already, as a whole; no record of it is given up.
   *
   * @param length bytes of {@code bytes} that count; they are not changed
   */
  public RecordSplitter(byte[] bytes, int length) {
    this.in = InputStream.nullInputStream();
    this.maxRecordBytes = Integer.MAX_VALUE;
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

  public int length() {
    return end - start;
  }

  /** The line the record begins on, from 1. */
  public long line() {
    return recordLine;
  }

  public boolean isOversize() {
    return oversize;
  }

  /** Moves to the next record; false at the end of the stream. */
  public boolean next() throws IOException {
    if (!look()) {
      return false;
    }
    end = buffer[start] == '{' ? endOfObject() : endOfLine();
    return true;
  }

  /** Moves to where the next record begins; false at the end of the stream. */
  public boolean look() throws IOException {
    if (oversize) {
      skipLine();
      oversize = false;
    }
    start = end;
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

  /** The index behind the last byte that was read; the record may end behind it. */
  public int windowEnd() {
    return limit;
  }

  /**
   * After {@link #look()} makes what is before this index the record.
   *
   * @param recordEnd in {@link #buffer()}, behind the record's last byte; no newline is before it
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
    for (int i = 0; hasByte(i); i++) {
      byte b = buffer[start + i];
      if (b == '\n') {
        return start + i;
      }
      if (escaped) {
        escaped = false;
      } else if (inString) {
        escaped = b == '\\';
        inString = b != '"';
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return start + i + 1;
      }
    }
    return limit;
  }

  private int endOfLine() throws IOException {
    for (int i = 0; hasByte(i); i++) {
      if (buffer[start + i] == '\n') {
        return start + i;
      }
    }
    return limit;
  }

  /** The record has a byte at this distance from its start, which reading on may move. */
  private boolean hasByte(int distance) throws IOException {
    if (start + distance < limit) {
      return true;
    }
    if (distance >= maxRecordBytes) {
      oversize = true;
      return false;
    }
    return fill();
  }

  private void skipLine() throws IOException {
    while (true) {
      for (; end < limit; end++) {
        if (buffer[end] == '\n') {
          return;
        }
      }
      start = end;
      if (!fill()) {
        end = start;
        return;
      }
      end = start;
    }
  }

  /** Reads more behind the record begun at {@code start}, which moves to the front. */
  private boolean fill() throws IOException {
    if (endOfStream) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
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
