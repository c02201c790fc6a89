package dev.firn.etl.scan;

import java.util.function.ObjLongConsumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.FileIO;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Reads rows of data files by their place: of each row group that has some, the projected columns.
 */
public final class OldRows {

  private final FileIO io;
  private final Schema projection;

  /**
   * @param projection columns to read, of the table's current schema; one that a file has not is
   *     null
   */
  public OldRows(FileIO io, Schema projection) {
    this.io = io;
    this.projection = projection;
  }

  /**
   * Reads rows, each handed over as a copy of its own, with its place in the file.
   *
   * @param rows places in the file, ascending
   */
  public void read(ScanFile file, long[] rows, ObjLongConsumer<InternalRow> sink) {
    throw new UnsupportedOperationException();
  }
}
