package dev.firn.engine.scan;

import dev.firn.contract.Position;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.StructLike;

/**
 * The facts about a live data file that a scan needs.
 *
 * @param file without column statistics
 * @param deletes position deletes or the deletion vector that may apply to it
 * @param keys the range that contains all its keys
 * @param lowest no row has a lower position
 * @param highest no row has a higher position; {@link #UNBOUNDED} if that is unknown
 */
public record ScanFile(
    DataFile file, List<DeleteFile> deletes, KeyRange keys, Position lowest, Position highest)
    implements Serializable {

  static final Position UNBOUNDED = new Position(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  public ScanFile {
    deletes = List.copyOf(deletes);
  }

  public String location() {
    return file.location();
  }

  public int specId() {
    return file.specId();
  }

  public StructLike partition() {
    return file.partition();
  }

  public long recordCount() {
    return file.recordCount();
  }

  /** Whether the file may contain some of these keys. */
  public boolean mayHold(KeySet batch) {
    return !batch.isEmpty() && batch.hasAny(keys);
  }

  /** Whether all its rows are older: then their positions need not be read. */
  public boolean isBefore(Position position) {
    return highest.compareTo(position) < 0;
  }

  /** Whether some of its rows may be older. */
  public boolean mayHoldBefore(Position position) {
    return lowest.compareTo(position) < 0;
  }
}
