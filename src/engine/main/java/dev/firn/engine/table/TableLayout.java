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
 * Lays a table out for the batches to come: unpartitioned while it is small, in buckets of its key
 * beyond a size, so that a large batch can be spread. A small table does without, because a bucket
 * costs a file a batch. Only the partition spec is evolved, in one metadata commit; no file is
 * rewritten. A table that is partitioned in any other way is its owner's, and stays as it is.
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
   * @param dueBytes of the batch that is to be merged, so that the first load of a large table
   *     finds its buckets
   * @return what was done, or cannot be, for people; mostly nothing
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
          "layout: %s from now on; older files stay as they are until they are rewritten"
              .formatted(present.apply(table, wanted)));
    } catch (CommitFailedException e) {
      // Somebody changed the table in this moment. The layout can wait for the next batch.
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
            ? "no column of its key can be bucketed"
            : "the table is partitioned in another way";
    return List.of("layout: buckets: %s has no effect: %s".formatted(said.getAsInt(), reason));
  }

  /** The bytes of the files of the table's newest state. */
  private static long size(Table table) {
    Snapshot snapshot = table.currentSnapshot();
    String total = snapshot.summary().get(SnapshotSummary.TOTAL_FILE_SIZE_PROP);
    return total == null ? plannedSize(table) : Long.parseLong(total);
  }

  /** The same for a snapshot of a writer that leaves the sum out. */
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
