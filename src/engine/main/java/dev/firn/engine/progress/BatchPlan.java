package dev.firn.engine.progress;

import dev.firn.contract.Position;
import dev.firn.contract.raw.RawPath;
import dev.firn.engine.ingest.FileCount;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.raw.RawListing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files that one batch reads, fixed when it begins: files that arrive later belong to the next
 * batch.
 *
 * @param pending files that this batch reads, {@link #MAX_FILES} at most; all pending files if they
 *     are read again: see {@link TableProgress#isReadAgain}
 * @param listed the listing from which it was planned
 * @param backlog the number of pending files left for later batches
 */
public record BatchPlan(
    BatchId id,
    Instant plannedAt,
    TableProgress progress,
    List<RawFile> pending,
    ReadHours.Compared listed,
    int backlog) {

  /** The largest number of files in a batch: the driver holds a name and a count for each. */
  public static final int MAX_FILES = 10_000;

  /**
   * @param most the largest number of files in one batch
   */
  public static BatchPlan of(TableProgress progress, RawListing listing, Instant now, int most) {
    ReadHours.Compared listed = progress.compare(listing.files());
    List<RawFile> pending = listed.unread();
    int limit = progress.isReadAgain() ? pending.size() : most;
    List<RawFile> batch = pending.subList(0, Math.min(pending.size(), limit));
    return new BatchPlan(
        BatchId.planned(now), now, progress, batch, listed, pending.size() - batch.size());
  }

  public BatchManifest manifest(List<FileCount> files, Position truncatedAt) {
    long number = progress.number() + 1;
    ReadHours.Recorded recorded = progress.hours().after(listed, pending, id.value(), number);
    Map<String, String> hours = new HashMap<>();
    recorded.hours().hours().forEach((folder, hour) -> hours.put(folder, hour.line()));
    BatchManifest manifest =
        new BatchManifest(
            id.value(),
            progress.batch(),
            plannedAt,
            newestHour(),
            files,
            recorded.again(),
            truncatedAt,
            null);
    Position mergedUpTo = Position.later(progress.mergedUpTo(), manifest.highest());
    return manifest.reaching(
        new BatchManifest.Reached(
            number,
            mergedUpTo,
            Position.later(progress.copied(), manifest.copied()),
            hours,
            progress.older(),
            progress.readBefore()));
  }

  private Instant newestHour() {
    return Stream.concat(
            Stream.of(progress.newestHour()),
            pending.stream().flatMap(file -> RawPath.hourOf(file.path()).stream()))
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
