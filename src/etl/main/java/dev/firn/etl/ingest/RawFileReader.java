package dev.firn.etl.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Position;
import dev.firn.contract.raw.RecordSplitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import scala.Tuple2;

/**
 * Reads one raw file record by record: a change for every event, a rejection for every record that
 * is none, and at the end the file's count. A damaged file yields one rejection and its count, and
 * none of its events. A file that is not there any more, or that cannot be opened, fails the task:
 * that is not bad data, and what it holds is not known.
 */
final class RawFileReader implements Iterator<Tuple2<GroupKey, Gathered>> {

  private final RawFile file;
  private final RecordReader reader;
  private final ExpandedFile content;
  private final RecordSplitter records;
  private long read;
  private long rejected;
  private long ignored;
  private Position lowest = Position.NONE;
  private Position highest = Position.NONE;
  private final Deque<Tuple2<GroupKey, Gathered>> pending = new ArrayDeque<>();
  private boolean counted;

  RawFileReader(FileSystem files, Path root, RawFile file, RecordReader reader) {
    this.file = file;
    this.reader = reader;
    ExpandedFile opened = ExpandedFile.empty();
    try {
      opened = new Gunzip(files).open(new Path(root, file.path()), file.length());
    } catch (DamagedFileException e) {
      pending.add(reject(0, e.getMessage(), ""));
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
  public Tuple2<GroupKey, Gathered> next() {
    if (!hasNext()) {
      throw new NoSuchElementException(file.path());
    }
    return pending.remove();
  }

  private void advance() {
    try {
      while (pending.isEmpty() && records.next()) {
        read();
      }
      if (pending.isEmpty() && !counted) {
        counted = true;
        FileCount count = new FileCount(file, read, rejected, ignored, lowest, highest);
        pending.add(new Tuple2<>(GroupKey.file(file), count));
        content.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read raw file " + file.path(), e);
    }
  }

  private void read() {
    if (records.isOversize()) {
      pending.add(
          reject(
              records.line(),
              "the record is longer than " + ExpandedFile.MAX_RECORD + " bytes",
              payload()));
      return;
    }
    try {
      List<ChangeEvent> events =
          reader.events(records.buffer(), records.offset(), records.length());
      pending.addAll(reader.changes(events));
      read += events.size();
      ignored += events.isEmpty() ? 1 : 0;
      events.forEach(event -> note(event.position()));
    } catch (MalformedRecordException | UnfitValueException e) {
      pending.add(reject(records.line(), e.getMessage(), payload()));
    }
  }

  private Tuple2<GroupKey, Gathered> reject(long line, String reason, String payload) {
    read++;
    rejected++;
    Rejection rejection = new Rejection(file.path(), line, reason, payload);
    return new Tuple2<>(GroupKey.rejection(rejection), rejection);
  }

  private void note(Position position) {
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
