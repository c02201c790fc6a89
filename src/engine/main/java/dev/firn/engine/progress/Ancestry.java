package dev.firn.engine.progress;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.NotFoundException;

/**
 * The snapshots from {@code main} back to the table's first, including expired ones that an earlier
 * metadata file of the table still describes. It costs nothing if no snapshot is expired; otherwise
 * it reads each metadata file back to the one before the expiry.
 */
final class Ancestry implements Iterator<Snapshot> {

  private final TableOperations operations;
  private final Deque<MetadataLogEntry> earlier = new ArrayDeque<>();
  private TableMetadata metadata;
  private Long next;
  private boolean isExpired;

  private Ancestry(TableOperations operations) {
    this.operations = operations;
    this.metadata = operations.current();
    metadata.previousFiles().forEach(earlier::addFirst);
    Snapshot main = metadata.currentSnapshot();
    this.next = main == null ? null : main.snapshotId();
  }

  /**
   * @param table in its loaded state; it is not refreshed
   */
  static Ancestry of(Table table) {
    return new Ancestry(((HasTableOperations) table).operations());
  }

  @Override
  public boolean hasNext() {
    while (next != null && metadata.snapshot(next) == null) {
      if (!lookBack()) {
        return false;
      }
    }
    return next != null;
  }

  /** Continues with the previous metadata file; false if it no longer exists. */
  private boolean lookBack() {
    if (earlier.isEmpty()) {
      return false;
    }
    isExpired = true;
    try {
      metadata = TableMetadataParser.read(operations.io(), earlier.removeFirst().file());
      return true;
    } catch (NotFoundException e) {
      earlier.clear();
      return false;
    }
  }

  @Override
  public Snapshot next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Snapshot snapshot = metadata.snapshot(next);
    next = snapshot.parentId();
    return snapshot;
  }

  /** The last snapshot is no longer in the table. */
  boolean isExpired() {
    return isExpired;
  }

  /** There were snapshots before the last one that no metadata file describes any more. */
  boolean isCut() {
    return next != null && !hasNext();
  }
}
