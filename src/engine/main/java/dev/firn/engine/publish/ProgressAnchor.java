package dev.firn.engine.publish;

import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.ProgressKeys;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * Records the present snapshot in the progress of a table if the snapshot of the newest batch is
 * expired, so that the next run does not depend on earlier metadata files.
 */
public final class ProgressAnchor {

  private ProgressAnchor() {}

  /** Makes one attempt: if another commit comes first, the next run does it. */
  public static void tie(BatchHistory history) {
    if (!history.isUntied()) {
      return;
    }
    TableOperations operations = ((HasTableOperations) history.table()).operations();
    TableMetadata base = operations.current();
    Snapshot present = base.currentSnapshot();
    Map<String, String> tied =
        Map.of(
            ProgressKeys.SNAPSHOT, Long.toString(present.snapshotId()),
            ProgressKeys.SEQUENCE, Long.toString(present.sequenceNumber()));
    try {
      operations.commit(base, TableMetadata.buildFrom(base).setProperties(tied).build());
    } catch (CommitFailedException | CommitStateUnknownException | IllegalArgumentException e) {
      // The next run does it. Iceberg throws IllegalArgumentException if the newest commit lies in
      // the future; that is repaired before the next commit.
    }
    history.table().refresh();
  }
}
