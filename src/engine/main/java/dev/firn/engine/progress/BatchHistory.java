package dev.firn.engine.progress;

import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * The newest batch that is in a table, whatever other tools did to its snapshots: the one that the
 * nearest ancestor of {@code main} names, in its summary or as the snapshot of the table's
 * properties. Ancestors that are expired count as long as an earlier metadata file describes them.
 * Where these files are gone too, nobody can tell.
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
   * @param table as it is known: it is not refreshed
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

  /** The batch a snapshot names; empty for a compaction and the like. */
  public static String named(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.summary())
        .map(summary -> summary.get(SummaryKeys.BATCH))
        .orElse("");
  }

  /** The table holds this batch, as its newest or before. */
  public static boolean holds(Table table, String batch) {
    for (Snapshot ancestor : SnapshotUtil.currentAncestors(table)) {
      if (named(ancestor).equals(batch)) {
        return true;
      }
    }
    return of(table).batch().equals(batch);
  }

  /** Empty before the first, and where it is {@link #isLost}. */
  public String batch() {
    return batch;
  }

  /** The newest that holds the batch; it may be expired. */
  public Optional<Snapshot> snapshot() {
    return snapshot;
  }

  /** Which batches are in the table cannot be told any more. */
  public boolean isLost() {
    return isLost;
  }

  /** The batch that was published last; it is not in the table when {@link #isTakenBack}. */
  public String recorded() {
    return recorded;
  }

  /** The table was taken back to a state before the batch that was published last. */
  public boolean isTakenBack() {
    return !recorded.isEmpty() && !recorded.equals(batch) && !isLost;
  }

  /** The snapshot of the newest batch is expired: earlier metadata files alone describe it. */
  public boolean isUntied() {
    return isExpired && !batch.isEmpty() && recorded.equals(batch);
  }

  public Table table() {
    return table;
  }
}
