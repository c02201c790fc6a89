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
 * What one batch will read, fixed when it begins: files that arrive later are the next batch's.
 *
 * @param due read by this batch, {@link #MAX_FILES} at most; all there are where they are read
 *     again: see {@link TableProgress#isReadAgain}
 * @param listed the listing it was planned from
 * @param backlog files that are due and not of this batch
 */
public record BatchPlan(
    BatchId id,
    Instant plannedAt,
    TableProgress progress,
    List<RawFile> due,
    ReadHours.Compared listed,
    int backlog) {

  /** The design size of a batch: the driver holds a name and a count a file. */
  public static final int MAX_FILES = 10_000;

  /**
   * @param most files of one batch
   */
  public static BatchPlan of(TableProgress progress, RawListing listing, Instant now, int most) {
    ReadHours.Compared listed = progress.compare(listing.files());
    List<RawFile> due = listed.unread();
    int limit = progress.isReadAgain() ? due.size() : most;
    List<RawFile> batch = due.subList(0, Math.min(due.size(), limit));
    return new BatchPlan(
        BatchId.planned(now), now, progress, batch, listed, due.size() - batch.size());
  }

  public BatchManifest manifest(List<FileCount> files, Position truncatedAt) {
    long number = progress.number() + 1;
    ReadHours.Recorded recorded = progress.hours().after(listed, due, id.value(), number);
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
            due.stream().flatMap(file -> RawPath.hourOf(file.path()).stream()))
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
