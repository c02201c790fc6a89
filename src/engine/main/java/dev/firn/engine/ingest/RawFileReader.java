package dev.firn.engine.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.contract.raw.RecordSplitter;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.typing.UnfitValueException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;

/**
 * Reads one raw file record by record. Its changes are folded with those of earlier files and are
 * returned when there are many; every unreadable record is returned as a rejection, and the file's
 * count at the end. A damaged file yields one rejection and its count, and none of its events. If
 * the storage does not return the whole file, the task fails: the data may be good, and its content
 * is unknown.
 */
final class RawFileReader implements Iterator<Gathered>, Closeable {

  /**
   * The largest number of named values in a record. PostgreSQL allows 1,600 columns, a record has
   * each at most three times, and Debezium describes each with a few fields: a record with more
   * values is not a row of a table.
   */
  private static final int MAX_FIELDS = 100_000;

  /**
   * The largest number of rejections of one file that are kept one by one; further ones are only
   * counted.
   */
  private static final long MAX_REJECTIONS = 1_000_000;

  private static final String AND_MORE =
      " (last rejection of this file that is listed; further ones are only counted)";

  private final RawFile file;
  private final RecordReader reader;
  private final ExpandedFile content;
  private final RecordSplitter records;
  private long read;
  private long rejected;
  private long ignored;
  private Position lowest = Position.NONE;
  private Position highest = Position.NONE;
  private Position copied = Position.NONE;
  private final Deque<Gathered> pending = new ArrayDeque<>();
  private boolean counted;

  /**
   * @param gunzip of the task; its previous file must not be read any more
   */
  RawFileReader(Gunzip gunzip, Path root, RawFile file, RecordReader reader) {
    this.file = file;
    this.reader = reader;
    ExpandedFile opened = ExpandedFile.empty();
    try {
      opened = gunzip.open(new Path(root, file.path()), file.length());
    } catch (DamagedFileException e) {
      refused(0, e.getMessage(), "");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read raw file " + file.path(), e);
    }
    this.content = opened;
    this.records = content.records();
  }

  @Override
  public boolean hasNext() {
    if (pending.isEmpty()) {
      advance();
    }
    return !pending.isEmpty();
  }

  @Override
  public Gathered next() {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path());
    }
    return pending.remove();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private void advance() {
    try {
      while (pending.isEmpty() && records.look()) {
        int end = reader.readUsual(records.buffer(), records.windowStart(), records.windowEnd());
        if (end >= 0) {
          records.take(end);
          read++;
          note(reader.position(), reader.origin());
        } else if (records.next()) {
          read();
        }
        if (reader.fold().isFull()) {
          pending.add(new ReadChanges(reader.fold().drain()));
        }
      }
      if (pending.isEmpty() && !counted) {
        counted = true;
        FileCount count = new FileCount(file, read, rejected, ignored, lowest, highest, copied);
        pending.add(count);
        content.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read raw file " + file.path(), e);
    }
  }

  private void read() {
    if (records.isOversize()) {
      reject(records.line(), oversize());
      return;
    }
    try {
      if (records.fields() > MAX_FIELDS) {
        throw new MalformedRecordException("the record has more than " + MAX_FIELDS + " fields");
      }
      List<ChangeEvent> events = reader.read(records.buffer(), records.offset(), records.length());
      read += events.size();
      ignored += events.isEmpty() ? 1 : 0;
      events.forEach(event -> note(event.position(), event.origin()));
    } catch (MalformedRecordException | UnfitValueException e) {
      reject(records.line(), e.getMessage());
    }
  }

  private String oversize() {
    return String.format(
        Locale.ROOT,
        "the record is longer than merge.max_record: %,d bytes, starting at byte %,d of the decompressed file",
        records.recordBytes(),
        records.position());
  }

  // A very large file of garbage would fill the executors' disks, and then the quarantine.
  private void reject(long line, String reason) {
    if (rejected < MAX_REJECTIONS) {
      refused(line, reason, payload());
    } else {
      read++;
      rejected++;
    }
  }

  private void refused(long line, String reason, String payload) {
    read++;
    rejected++;
    String why = rejected == MAX_REJECTIONS ? reason + AND_MORE : reason;
    pending.add(new Rejection(file.path(), line, why, payload));
  }

  private void note(Position position, Origin origin) {
    if (origin == Origin.SNAPSHOT) {
      copied = Position.later(copied, position);
    }
    if (lowest.equals(Position.NONE) || lowest.isAfter(position)) {
      lowest = position;
    }
    if (position.isAfter(highest)) {
      highest = position;
    }
  }

  private String payload() {
    int length = Math.min(records.length(), Rejection.MAX_PAYLOAD);
    return new String(records.buffer(), records.offset(), length, StandardCharsets.UTF_8);
  }
}
