package dev.firn.engine.table;

import dev.firn.contract.TableToken;
import dev.firn.pipeline.PipelineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Sets the partitioning of a table for later batches: none while the table is small, and buckets of
 * its key from some size on, so that a large batch can be distributed. A small table has no
 * buckets, because each bucket costs a file in each batch. Only the partition spec is changed, in
 * one metadata commit; no file is rewritten. Any other partitioning was chosen by the owner, and is
 * not changed.
 */
public final class TableLayout {

  private final OptionalInt said;
  private final BucketCount counts;

  private TableLayout(OptionalInt said, BucketCount counts) {
    this.said = said;
    this.counts = counts;
  }

  public static TableLayout of(PipelineConfig config, TableToken table) {
    return new TableLayout(
        config.table(table.value()).buckets(), new BucketCount(config.merge().layout()));
  }

  /**
   * @param dueBytes size of the batch to merge, so that the first load of a large table already has
   *     buckets
   * @return messages about changes, or why they are impossible; usually empty
   */
  public List<String> apply(MirrorTable target, long dueBytes) {
    if (target.isChangeLog()) {
      return List.of();
    }
    Table table = target.table();
    Optional<Bucketing> present = Bucketing.of(table, target.keyColumns());
    if (present.isEmpty()) {
      return withoutEffect(table);
    }
    int count = present.get().count();
    int wanted = said.orElseGet(() -> counts.of(count, size(table) + dueBytes));
    return wanted == count ? List.of() : change(table, present.get(), wanted);
  }

  private static List<String> change(Table table, Bucketing present, int wanted) {
    try {
      return List.of(
          "layout: %s for new files; existing files keep their layout until they are rewritten"
              .formatted(present.apply(table, wanted)));
    } catch (CommitFailedException e) {
      // Another commit came first. The layout can wait for the next batch.
      table.refresh();
      return List.of();
    }
  }

  private List<String> withoutEffect(Table table) {
    if (said.orElse(0) == 0) {
      return List.of();
    }
    String reason =
        table.spec().isUnpartitioned()
            ? "no column of the table's key can be bucketed"
            : "the table has another partitioning";
    return List.of("layout: buckets: %s has no effect: %s".formatted(said.getAsInt(), reason));
  }

  /** The bytes of the files in the table's newest snapshot. */
  private static long size(Table table) {
    Snapshot snapshot = table.currentSnapshot();
    String total = snapshot.summary().get(SnapshotSummary.TOTAL_FILE_SIZE_PROP);
    return total == null ? plannedSize(table) : Long.parseLong(total);
  }

  /** The same for a snapshot whose writer does not record the sum. */
  public static long plannedSize(Table table) {
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      long bytes = 0;
      for (FileScanTask file : files) {
        bytes += file.file().fileSizeInBytes();
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot plan the files of table " + table.name(), e);
    }
  }
}
