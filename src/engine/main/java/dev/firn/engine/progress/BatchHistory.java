package dev.firn.engine.progress;

import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Finds the newest batch in a table, whatever other tools did to its snapshots. It is the batch of
 * the nearest ancestor of {@code main} that names one in its summary, or that is the snapshot
 * recorded in the table's properties. Expired ancestors count as long as an earlier metadata file
 * describes them. If these files are gone too, the newest batch is unknown.
 */
public final class BatchHistory {

  private final Table table;
  private final String recorded;
  private String batch = "";
  private Optional<Snapshot> snapshot = Optional.empty();
  private boolean isExpired;
  private boolean isLost;

  private BatchHistory(Table table) {
    this.table = table;
    this.recorded = table.properties().getOrDefault(ProgressKeys.BATCH, "");
  }

  /**
   * @param table in its loaded state; it is not refreshed
   */
  public static BatchHistory of(Table table) {
    FormatVersion.check(table);
    BatchHistory history = new BatchHistory(table);
    history.search();
    return history;
  }

  private void search() {
    String holding = table.properties().getOrDefault(ProgressKeys.SNAPSHOT, "");
    Ancestry ancestors = Ancestry.of(table);
    while (batch.isEmpty() && ancestors.hasNext()) {
      Snapshot ancestor = ancestors.next();
      boolean isHolding = Long.toString(ancestor.snapshotId()).equals(holding);
      batch = isHolding ? recorded : named(ancestor);
      snapshot = Optional.of(ancestor).filter(found -> !batch.isEmpty());
    }
    isExpired = ancestors.isExpired();
    isLost = batch.isEmpty() && ancestors.isCut();
  }

  /** The batch that a snapshot names; empty for a compaction and similar commits. */
  public static String named(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.summary())
        .map(summary -> summary.get(SummaryKeys.BATCH))
        .orElse("");
  }

  /** The table contains this batch, as its newest or an earlier one. */
  public static boolean holds(Table table, String batch) {
    for (Snapshot ancestor : SnapshotUtil.currentAncestors(table)) {
      if (named(ancestor).equals(batch)) {
        return true;
      }
    }
    return of(table).batch().equals(batch);
  }

  /** Empty before the first batch, and if the history {@link #isLost}. */
  public String batch() {
    return batch;
  }

  /** The newest snapshot that contains the batch; it may be expired. */
  public Optional<Snapshot> snapshot() {
    return snapshot;
  }

  /** It is no longer known which batches are in the table. */
  public boolean isLost() {
    return isLost;
  }

  /**
   * The batch that was published last; it is not in the table if the table {@link #isTakenBack}.
   */
  public String recorded() {
    return recorded;
  }

  /** The table was rolled back to a state before the batch that was published last. */
  public boolean isTakenBack() {
    return !recorded.isEmpty() && !recorded.equals(batch) && !isLost;
  }

  /**
   * Whether the snapshot of the newest batch is expired: then only earlier metadata files describe
   * it.
   */
  public boolean isUntied() {
    return isExpired && !batch.isEmpty() && recorded.equals(batch);
  }

  public Table table() {
    return table;
  }
}
