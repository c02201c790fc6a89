package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import dev.firn.etl.ingest.FileCount;
import dev.firn.etl.ingest.RawFile;
import dev.firn.etl.ingest.RawZone;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one batch will read, fixed when it begins: files that arrive later are the next batch's.
 *
 * @param due read by this batch, {@link #MAX_FILES} at most
 * @param earlier files of earlier batches that a later listing can still find
 * @param backlog files that are due and not of this batch
 */
record BatchPlan(
    BatchId id,
    Instant plannedAt,
    MergeProgress progress,
    List<RawFile> due,
    List<RawFile> earlier,
    int backlog) {

  /** The design size of a batch: the driver holds a name and a count a file. */
  static final int MAX_FILES = 10_000;

  static BatchPlan of(MergeProgress progress, RawZone raw, TableToken token, Instant now) {
    List<RawFile> listed = raw.files(token, progress.horizon());
    List<RawFile> earlier = progress.stillListed(listed);
    Set<RawFile> read = new HashSet<>(earlier);
    List<RawFile> due = listed.stream().filter(file -> !read.contains(file)).toList();
    List<RawFile> batch = due.subList(0, Math.min(due.size(), MAX_FILES));
    return new BatchPlan(
        BatchId.planned(now), now, progress, batch, earlier, due.size() - batch.size());
  }

  BatchManifest manifest(List<FileCount> files, Position truncatedAt) {
    return new BatchManifest(
        id.value(), progress.batch(), plannedAt, newestHour(), files, earlier, truncatedAt);
  }

  private Instant newestHour() {
    return Stream.concat(
            Stream.of(progress.newestHour()),
            due.stream().flatMap(file -> RawPath.hourOf(file.path()).stream()))
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
