package dev.firn.engine.progress;

import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.table.MirrorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes batch manifests that no run needs any more: those planned before the look-back, unless a
 * snapshot of the table still names them, because the table may be rolled back to it. Runs with
 * every hundredth batch, because it costs a listing.
 */
public final class ManifestRetention {

  private static final Logger LOG = LoggerFactory.getLogger(ManifestRetention.class);
  private static final long BATCHES = 100;

  /** Added to the look-back, which counts whole days. */
  private static final Duration MARGIN = Duration.ofDays(2);

  private final LakeCatalog lake;
  private final MirrorTable target;

  public ManifestRetention(LakeCatalog lake, MirrorTable target) {
    this.lake = lake;
    this.target = target;
  }

  /**
   * @param published the manifest of the batch that was just published
   */
  public void clean(BatchManifest published, Duration lookBack) {
    if (published.number() % BATCHES != 0) {
      return;
    }
    try {
      remove(published, published.forgetBefore(lookBack.plus(MARGIN)));
    } catch (RuntimeException e) {
      // The batch is published; a later batch removes the manifests that are left.
      LOG.warn(
          "Cannot remove old batch manifests of {}; a later merge tries again", target.token(), e);
    }
  }

  public void remove(BatchManifest newest, Instant before) {
    Table table = target.table();
    table.refresh();
    Set<String> kept = new HashSet<>(List.of(newest.batch(), newest.previous(), newest.older()));
    table.snapshots().forEach(snapshot -> kept.add(BatchHistory.named(snapshot)));
    ManifestStore manifests = new ManifestStore(table.io(), lake.config(), target.token());
    // A manifest that is kept needs the lines of old hours to which it refers.
    List.copyOf(kept).stream()
        .filter(batch -> !batch.isEmpty())
        .forEach(batch -> manifests.read(batch).map(BatchManifest::older).ifPresent(kept::add));
    manifests.removeBefore(before, kept);
  }
}
