package dev.firn.etl.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Position;
import dev.firn.contract.raw.RecordSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
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

  /** A record beyond this is refused; PostgreSQL's own limit of a row is 1 GiB, Kinesis' 10 MiB. */
  private static final int MAX_RECORD = 256 << 20;

  private final RawFile file;
  private final TableReader table;
  private final InputStream in;
  private final RecordSplitter records;
  private long read;
  private long rejected;
  private Position lowest = Position.NONE;
  private Position highest = Position.NONE;
  private Tuple2<GroupKey, Gathered> next;
  private boolean counted;

  RawFileReader(FileSystem files, Path root, RawFile file, TableReader table) {
    this.file = file;
    this.table = table;
    InputStream opened = InputStream.nullInputStream();
    try {
      opened = new Gunzip(files, new Path(root, file.path()), file.length()).open();
    } catch (DamagedFileException e) {
      next = reject(0, e.getMessage(), "");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read raw file " + file.path(), e);
    }
    this.in = opened;
    this.records = new RecordSplitter(in, MAX_RECORD);
    if (next == null) {
      advance();
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Tuple2<GroupKey, Gathered> next() {
    if (next == null) {
      throw new NoSuchElementException(file.path());
    }
    Tuple2<GroupKey, Gathered> current = next;
    advance();
    return current;
  }

  private void advance() {
    try {
      if (records.next()) {
        next = read();
      } else if (!counted) {
        counted = true;
        next =
            new Tuple2<>(GroupKey.file(file), new FileCount(file, read, rejected, lowest, highest));
        in.close();
      } else {
        next = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read raw file " + file.path(), e);
    }
  }

  private Tuple2<GroupKey, Gathered> read() {
    if (records.isOversize()) {
      return reject(
          records.line(), "the record is longer than " + MAX_RECORD + " bytes", payload());
    }
    try {
      ChangeEvent event =
          ChangeEventReader.read(records.buffer(), records.offset(), records.length());
      Tuple2<GroupKey, Gathered> change = table.read(event);
      read++;
      note(event.position());
      return change;
    } catch (MalformedRecordException | UnfitValueException e) {
      return reject(records.line(), e.getMessage(), payload());
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
