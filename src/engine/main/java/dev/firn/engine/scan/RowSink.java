package dev.firn.engine.scan;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.parquet.column.ColumnDescriptor;

/** Reports the live rows of one file with their positions; deleted rows are skipped. */
final class RowSink {

  private final ScanFile file;
  private final DeletedRows deleted;
  private final List<ColumnDescriptor> position;
  private final FoundRows sink;
  private PositionDeleteIndex deletes;
  private long firstRow;
  private List<NumberColumn> parts = List.of();

  /**
   * @param position columns of the position; empty if positions are not needed
   */
  RowSink(ScanFile file, DeletedRows deleted, List<ColumnDescriptor> position, FoundRows sink) {
    this.file = file;
    this.deleted = deleted;
    this.position = position;
    this.sink = sink;
  }

  void begin(GroupColumns group) throws IOException {
    firstRow = group.firstRow();
    parts = group.positions(position);
  }

  /**
   * @param row in the row group
   */
  void found(int key, long row) throws IOException {
    if (deletes == null) {
      deletes = deleted.of(file);
    }
    if (deletes.isDeleted(firstRow + row)) {
      return;
    }
    if (parts.isEmpty()) {
      sink.found(key, firstRow + row, 0, 0, 0);
    } else {
      int epoch = (int) parts.get(0).at(row);
      sink.found(key, firstRow + row, epoch, parts.get(1).at(row), parts.get(2).at(row));
    }
  }
}
