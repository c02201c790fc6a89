package dev.firn.engine.publish;

import dev.firn.contract.Position;
import dev.firn.engine.progress.FormatVersion;
import dev.firn.engine.progress.ProgressKeys;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;

/**
 * The progress of a table after a batch, written together with the batch in one commit.
 *
 * @param mergedUpTo the greatest merged position after the batch
 * @param forgottenBelow the greatest position among the tombstones that are expired after the batch
 */
public record NextProgress(String batch, Position mergedUpTo, Position forgottenBelow) {

  public NextProgress {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(mergedUpTo, "mergedUpTo");
    Objects.requireNonNull(forgottenBelow, "forgottenBelow");
  }

  /**
   * Adds the progress to a transaction that publishes the batch.
   *
   * @param holding the snapshot that contains the batch
   */
  public void writeTo(Transaction transaction, Snapshot holding) {
    UpdateProperties update = transaction.updateProperties();
    properties(holding).forEach(update::set);
    update.commit();
  }

  private Map<String, String> properties(Snapshot holding) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(ProgressKeys.FORMAT_VERSION, Integer.toString(FormatVersion.CURRENT));
    properties.put(ProgressKeys.BATCH, batch);
    properties.put(ProgressKeys.SNAPSHOT, Long.toString(holding.snapshotId()));
    properties.put(ProgressKeys.SEQUENCE, Long.toString(holding.sequenceNumber()));
    properties.put(ProgressKeys.MERGED_UP_TO, mergedUpTo.toString());
    properties.put(ProgressKeys.FORGOTTEN_BELOW, forgottenBelow.toString());
    return properties;
  }
}
