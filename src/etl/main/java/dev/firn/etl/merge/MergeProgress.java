package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.FileCount;
import dev.firn.etl.ingest.RawFile;
import dev.firn.etl.ingest.RawZone;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.etl.progress.SummaryKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How far a table was merged, as its newest snapshot tells it, and what is due from there. The
 * state is read from the table at each run and stored nowhere else.
 */
public final class MergeProgress {

  private final String batch;
  private final Optional<BatchManifest> last;
  private final Duration lookBack;

  private MergeProgress(String batch, Optional<BatchManifest> last, Duration lookBack) {
    this.batch = batch;
    this.last = last;
    this.lookBack = lookBack;
  }

  /** The progress of a table that may not be there yet. */
  public static MergeProgress of(LakeCatalog lake, TableToken token, Duration lookBack) {
    if (!lake.exists(lake.mirror(token))) {
      return new MergeProgress("", Optional.empty(), lookBack);
    }
    return of(lake.load(lake.mirror(token)), lake, token, lookBack);
  }

  // A summary whose manifest is gone costs a reading of everything: the guard makes it harmless.
  static MergeProgress of(Table table, LakeCatalog lake, TableToken token, Duration lookBack) {
    ManifestStore manifests = new ManifestStore(table.io(), lake.config(), token);
    String batch = newestBatch(table).orElse("");
    Optional<BatchManifest> last = batch.isEmpty() ? Optional.empty() : manifests.read(batch);
    return new MergeProgress(batch, last, lookBack);
  }

  /** The batch of the newest snapshot that holds one, passing over compactions and the like. */
  public static Optional<String> newestBatch(Table table) {
    return newestSummary(table).map(summary -> summary.get(SummaryKeys.BATCH));
  }

  /** The summary of the newest snapshot that holds a batch. */
  public static Optional<Map<String, String>> newestSummary(Table table) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (snapshot.summary().containsKey(SummaryKeys.BATCH)) {
        return Optional.of(snapshot.summary());
      }
    }
    return Optional.empty();
  }

  /** The files that no committed batch has read, by path. */
  public List<RawFile> due(RawZone raw, TableToken token) {
    Set<RawFile> read = new HashSet<>(read());
    return raw.files(token, horizon()).stream().filter(file -> !read.contains(file)).toList();
  }

  /** The batch the table is at, also where its manifest is gone; empty before the first. */
  String batch() {
    return batch;
  }

  /** The newest TRUNCATE that was merged; {@link Position#NONE} without one. */
  public Position truncatedAt() {
    return last.map(BatchManifest::truncatedAt).orElse(Position.NONE);
  }

  /** What of the files read so far a later listing can still find. */
  List<RawFile> stillListed(List<RawFile> listed) {
    Set<RawFile> found = new HashSet<>(listed);
    return read().stream().filter(found::contains).toList();
  }

  /**
   * The time from whose day folders are listed. It looks back from the last plan, so that a long
   * pause loses nothing, and from the newest hour that was read, so that a producer that lags loses
   * nothing.
   */
  Instant horizon() {
    return last.map(manifest -> earlier(manifest.plannedAt(), manifest.newestHour()))
        .map(from -> from.minus(lookBack))
        .orElse(Instant.EPOCH);
  }

  Instant newestHour() {
    return last.map(BatchManifest::newestHour).orElse(Instant.EPOCH);
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }

  private List<RawFile> read() {
    return last.map(
            manifest ->
                Stream.concat(
                        manifest.earlier().stream(), manifest.files().stream().map(FileCount::file))
                    .toList())
        .orElse(List.of());
  }
}
