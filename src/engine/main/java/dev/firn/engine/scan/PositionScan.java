package dev.firn.engine.scan;

import dev.firn.contract.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.io.FileIO;
import org.apache.parquet.column.ColumnDescriptor;

/** Finds the rows of data files that are older than a position. Not thread-safe. */
public final class PositionScan {

  private final FileIO io;
  private final ScanColumns columns;
  private final DeletedRows deleted;

  public PositionScan(FileIO io, ScanColumns columns) {
    this.io = io;
    this.columns = columns;
    this.deleted = new DeletedRows(io);
  }

  /** Finds the live rows with a smaller position; returns the number of rows compared. */
  public long scan(ScanFile file, Position below, FoundRows found) {
    try (ColumnFile open = ColumnFile.open(io.newInputFile(file.file()))) {
      List<ColumnDescriptor> position = FileColumns.of(open, columns.position());
      open.read(List.of(), position);
      RowSink sink = new RowSink(file, deleted, position, found);
      long rows = 0;
      Optional<RowGroup> group = open.next();
      while (group.isPresent()) {
        GroupColumns opened = new GroupColumns(group.get());
        sink.begin(opened);
        rows += scan(opened.positions(position), below, sink);
        group = open.next();
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot scan data file " + file.location(), e);
    }
  }

  private static long scan(List<NumberColumn> parts, Position below, RowSink sink)
      throws IOException {
    NumberColumn epochs = parts.get(0);
    long seen = 0;
    while (epochs.next()) {
      long end = epochs.firstRow() + epochs.rows();
      for (long row = epochs.firstRow(); row < end; row++) {
        Position position =
            new Position((int) epochs.at(row), parts.get(1).at(row), parts.get(2).at(row));
        if (position.compareTo(below) < 0) {
          sink.found(KeySet.ABSENT, row);
        }
      }
      seen += epochs.rows();
    }
    return seen;
  }
}
