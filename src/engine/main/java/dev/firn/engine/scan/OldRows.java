package dev.firn.engine.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.data.SparkParquetReaders;
import org.apache.iceberg.types.TypeUtil;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Reads rows of data files by their index. In each row group with wanted rows, the projected
 * columns are decoded up to the last of them. So the cost is that of these row groups.
 */
public final class OldRows {

  private final FileIO io;
  private final Schema projection;
  private final int place;

  /**
   * @param projection columns to read, of the table's current schema; a column missing in a file is
   *     null
   */
  public OldRows(FileIO io, Schema projection) {
    this.io = io;
    this.projection = TypeUtil.join(projection, new Schema(MetadataColumns.ROW_POSITION));
    this.place = projection.columns().size();
  }

  /**
   * Reads rows, each as a separate object, together with its index in the file. The index is also
   * appended to the projected columns.
   *
   * @param rows indexes in the file, ascending
   */
  public void read(ScanFile file, long[] rows, ObjLongConsumer<InternalRow> sink) {
    if (rows.length == 0) {
      return;
    }
    InputFile input = io.newInputFile(file.file());
    try {
      for (RowGroupSpan group : spans(file, input)) {
        long[] wanted = group.of(rows);
        if (wanted.length > 0) {
          read(input, group, wanted, sink);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read rows of data file " + file.location(), e);
    }
  }

  /** The row groups; for a file with only one they need not be read. */
  private static List<RowGroupSpan> spans(ScanFile file, InputFile input) throws IOException {
    List<Long> offsets = file.file().splitOffsets();
    if (offsets != null && offsets.size() == 1) {
      return List.of(new RowGroupSpan(0, file.file().fileSizeInBytes(), 0, file.recordCount()));
    }
    try (ColumnFile open = ColumnFile.open(input)) {
      return open.spans();
    }
  }

  private void read(
      InputFile input, RowGroupSpan group, long[] wanted, ObjLongConsumer<InternalRow> sink)
      throws IOException {
    try (CloseableIterable<InternalRow> found =
        Parquet.read(input)
            .project(projection)
            .split(group.start(), group.length())
            .createReaderFunc(type -> SparkParquetReaders.buildReader(projection, type))
            .build()) {
      // Containers are not reused, because the copy of a row does not copy the structs in its maps.
      int next = 0;
      for (InternalRow row : found) {
        if (row.getLong(place) == wanted[next]) {
          sink.accept(row, wanted[next]);
          next++;
        }
        if (next == wanted.length) {
          return;
        }
      }
    }
    throw new IllegalStateException(
        "Cannot read rows of data file: the file ends before row %s: %s"
            .formatted(wanted[wanted.length - 1], input.location()));
  }
}
