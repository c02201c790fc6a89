package dev.firn.engine.progress;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How far back a table remembers its deletes.
 *
 * @param forgottenBelow the greatest position among the expired tombstones. Earlier versions of
 *     Firn did not record it: then it is the greatest merged position that the snapshots, the
 *     newest manifest and the tombstones show, which is rather too great than too small
 */
record DeleteMemory(Position forgottenBelow) {

  /**
   * @param lastBatch the greatest position in the manifest of the newest batch
   */
  static DeleteMemory of(
      LakeCatalog lake, TableToken token, Table mirror, BatchHistory history, Position lastBatch) {
    String recorded = mirror.properties().get(ProgressKeys.FORGOTTEN_BELOW);
    if (recorded != null) {
      return new DeleteMemory(Position.parse(recorded));
    }
    if (!lake.exists(lake.tombstones(token)) || (history.batch().isEmpty() && !history.isLost())) {
      return new DeleteMemory(Position.NONE);
    }
    Table tombstones = lake.load(lake.tombstones(token));
    Position merged = Position.later(lastBatch, mergedUpTo(mirror, history));
    return new DeleteMemory(hasForgotten(tombstones) ? highest(tombstones, merged) : Position.NONE);
  }

  /** The greatest position in the summaries of a table's snapshots, as far back as they exist. */
  static Position mergedUpTo(Table mirror, BatchHistory history) {
    Position newest =
        history.isTakenBack()
            ? Position.NONE
            : Optional.ofNullable(mirror.properties().get(ProgressKeys.MERGED_UP_TO))
                .map(Position::parse)
                .orElse(Position.NONE);
    for (Snapshot ancestor : SnapshotUtil.currentAncestors(mirror)) {
      String highest = ancestor.summary().get(SummaryKeys.HIGHEST);
      if (highest != null) {
        newest = Position.later(newest, Position.parse(highest));
      }
    }
    return newest;
  }

  // Nothing but the expiry removes tombstones.
  private static boolean hasForgotten(Table tombstones) {
    Snapshot oldest = tombstones.currentSnapshot();
    for (Snapshot ancestor : SnapshotUtil.currentAncestors(tombstones)) {
      if (!ancestor.operation().equals("append")) {
        return true;
      }
      oldest = ancestor;
    }
    return oldest != null && oldest.parentId() != null;
  }

  // Deletes can also arrive late, so the lowest remaining tombstone does not show which ones
  // expired.
  private static Position highest(Table tombstones, Position merged) {
    Position highest = merged;
    try (CloseableIterable<FileScanTask> files =
        tombstones.newScan().includeColumnStats().planFiles()) {
      for (FileScanTask file : files) {
        highest = Position.later(highest, highest(tombstones, file.file()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list files of table " + tombstones.name(), e);
    }
    return highest;
  }

  private static Position highest(Table table, DataFile file) {
    return new Position(
        (int) bound(table, file, RowMetadata.EPOCH),
        bound(table, file, RowMetadata.LSN),
        bound(table, file, RowMetadata.SEQ));
  }

  private static long bound(Table table, DataFile file, String column) {
    NestedField field = table.schema().findField(column);
    Map<Integer, ByteBuffer> bounds = file.upperBounds();
    ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
    return bound == null ? 0 : Conversions.<Number>fromByteBuffer(field.type(), bound).longValue();
  }
}
