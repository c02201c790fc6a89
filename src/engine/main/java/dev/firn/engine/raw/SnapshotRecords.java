package dev.firn.engine.raw;

import dev.firn.console.OperatorException;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads the snapshot records of a table from the raw zone. */
final class SnapshotRecords {

  private static final Comparator<SnapshotRecord> ORDER =
      Comparator.comparingInt(SnapshotRecord::epoch).thenComparingLong(SnapshotRecord::lsn);

  private SnapshotRecords() {}

  /** All records of a table, in the order of their positions; empty if there are none. */
  public static List<SnapshotRecord> of(FileSystem files, Path raw, TableToken table)
      throws IOException {
    List<SnapshotRecord> records = new ArrayList<>();
    for (FileStatus status :
        SmallFiles.files(files, new Path(raw, RawPath.snapshotFolder(table)))) {
      records.add(read(files, status));
    }
    records.sort(ORDER);
    return records;
  }

  private static SnapshotRecord read(FileSystem files, FileStatus status) throws IOException {
    Path path = status.getPath();
    try {
      return SnapshotRecord.parse(SmallFiles.text(files, status));
    } catch (MalformedRecordException e) {
      throw new OperatorException(
          "Cannot read snapshot record: " + e.getMessage() + ": " + path,
          "Restore the file from an older version in the bucket, or remove it and copy the table again:"
              + " 'firn capture --resnapshot "
              + path.getParent().getParent().getName()
              + "'.",
          e);
    }
  }
}
