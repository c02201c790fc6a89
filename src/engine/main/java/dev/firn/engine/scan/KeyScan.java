package dev.firn.engine.scan;

import dev.firn.contract.Position;
import dev.firn.engine.row.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.io.FileIO;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Finds the rows of a set of keys in data files. It skips row groups and pages whose bounds contain
 * no key; of the others it reads the key columns, and the positions of rows that match. One
 * instance for each task; not thread-safe.
 */
public final class KeyScan {

  private final FileIO io;
  private final ScanColumns columns;
  private final KeySet keys;
  private final DeletedRows deleted;
  private final KeyBytes key = new KeyBytes();

  public KeyScan(FileIO io, ScanColumns columns, KeySet keys) {
    this.io = io;
    this.columns = columns;
    this.keys = keys;
    this.deleted = new DeletedRows(io);
  }

  /**
   * Finds the live rows of the keys.
   *
   * @param lowest position of the batch: if all rows of the file are older, positions are not read
   * @return the number of rows whose key was compared, for reports and tests
   */
  public long scan(ScanFile file, Position lowest, FoundRows found) {
    if (!file.mayHold(keys)) {
      return 0;
    }
    try (ColumnFile open = ColumnFile.open(io.newInputFile(file.file()))) {
      List<ColumnDescriptor> key = FileColumns.of(open, columns.key());
      List<ColumnDescriptor> position =
          file.isBefore(lowest) ? List.of() : FileColumns.of(open, columns.position());
      open.read(key, position);
      KeyPredicate.on(key.get(0), columns.kinds().get(0), keys).ifPresent(open::filter);
      RowSink sink = new RowSink(file, deleted, position, found);
      return scan(open, key, sink);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot scan data file " + file.location(), e);
    }
  }

  private long scan(ColumnFile open, List<ColumnDescriptor> key, RowSink sink) throws IOException {
    long rows = 0;
    Optional<RowGroup> group = open.next();
    while (group.isPresent()) {
      GroupColumns opened = new GroupColumns(group.get());
      sink.begin(opened);
      List<KeyPart> parts = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        parts.add(opened.part(key.get(i), columns.kinds().get(i)));
      }
      rows +=
          keys instanceof LongKeySet numbers
              ? scan((NumberColumn) parts.get(0), numbers, sink)
              : scan(parts, sink);
      group = open.next();
    }
    return rows;
  }

  private static long scan(NumberColumn column, LongKeySet keys, RowSink sink) throws IOException {
    NumberSearch search = new NumberSearch(keys, sink);
    long seen = 0;
    while (column.next()) {
      search.search(column);
      seen += column.rows();
    }
    return seen;
  }

  /** The first column determines the pages: its bounds decided which pages are skipped. */
  private long scan(List<KeyPart> parts, RowSink sink) throws IOException {
    KeyPart first = parts.get(0);
    long seen = 0;
    while (first.next()) {
      long end = first.firstRow() + first.rows();
      for (long row = first.firstRow(); row < end; row++) {
        int ordinal = find(parts, row);
        if (ordinal >= 0) {
          sink.found(ordinal, row);
        }
      }
      seen += first.rows();
    }
    return seen;
  }

  private int find(List<KeyPart> parts, long row) throws IOException {
    key.clear();
    for (KeyPart part : parts) {
      if (!part.put(row, key)) {
        return KeySet.ABSENT;
      }
    }
    return keys.find(key);
  }
}
