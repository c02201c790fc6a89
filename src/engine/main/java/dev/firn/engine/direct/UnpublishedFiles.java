package dev.firn.engine.direct;

import dev.firn.contract.fault.Failpoint;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.publish.Fence;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.publish.PublishLoop;
import dev.firn.engine.publish.RowDeltaCommit;
import dev.firn.engine.table.Tombstones;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a batch, published by {@link RowDeltaCommit}. They are deleted only if {@link
 * PublishLoop#isRuledOut no commit can name them}.
 */
public final class UnpublishedFiles implements UnpublishedBatch {

  private static final Logger LOG = LoggerFactory.getLogger(UnpublishedFiles.class);

  private final Fence fence;
  private final PublishLoop publication;
  private final MergedFiles files;
  private final Tombstones tombstones;
  private final EventCounts truncations;
  private boolean mayBeBuried;

  /**
   * @param truncations the outcomes of the batch's own TRUNCATEs
   */
  public UnpublishedFiles(
      Fence fence, MergedFiles files, Tombstones tombstones, EventCounts truncations) {
    this.fence = fence;
    this.publication = new PublishLoop(fence);
    this.files = files;
    this.tombstones = tombstones;
    this.truncations = truncations;
  }

  @Override
  public EventCounts counts() {
    return EventCounts.of(files.tallies()).plus(truncations);
  }

  @Override
  public String plan() {
    return files.plan();
  }

  @Override
  public Forgotten forgotten() {
    return files.forgotten();
  }

  @Override
  public void check() {
    publication.check();
  }

  @Override
  public void publish(Map<String, String> summary, NextProgress next) {
    check();
    bury();
    publication.publish(() -> new RowDeltaCommit(fence).commit(summary, next, files::addTo));
  }

  private void bury() {
    if (!files.tombstones().isEmpty()) {
      mayBeBuried = true;
      tombstones.append(files.tombstones());
      Failpoint.MERGE_TOMBSTONES_COMMITTED.pass();
    }
  }

  @Override
  public void drop() {
    if (publication.isRuledOut()) {
      delete(files.locations());
      if (!mayBeBuried) {
        delete(files.tombstoneLocations());
      }
    } else if (!publication.isPublished() && !files.locations().isEmpty()) {
      LOG.warn(
          "Batch {} of table {} may have been committed, so its {} files were kept. If it was not"
              + " committed, they are orphan files; remove_orphan_files deletes them",
          fence.batch(),
          fence.table().name(),
          files.locations().size());
    }
  }

  // The tombstones are in the same storage as the table.
  private void delete(List<String> locations) {
    if (!locations.isEmpty()) {
      CatalogUtil.deleteFiles(fence.table().io(), locations, "unpublished", true);
    }
  }
}
