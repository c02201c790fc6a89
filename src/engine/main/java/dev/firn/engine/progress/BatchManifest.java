package dev.firn.engine.progress;

import dev.firn.contract.Position;
import dev.firn.engine.ingest.FileCount;
import dev.firn.engine.raw.RawFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contents of a batch of one table, written before the batch is committed. The snapshot of the
 * batch names it; a manifest that no snapshot references is ignored.
 *
 * @param previous the previous batch; empty for the first
 * @param plannedAt when the raw zone was listed for the batch
 * @param newestHour the newest hour folder that any batch so far has read from
 * @param files that the batch read
 * @param earlier files of earlier batches that it names again, because the manifests that named
 *     them are no longer read
 * @param truncatedAt the newest TRUNCATE of the table so far; {@link Position#NONE} without one
 * @param reached the state that is reached with it; null in the manifests of earlier versions of
 *     Firn, whose {@code earlier} are all files that a listing could still find
 */
public record BatchManifest(
    String batch,
    String previous,
    Instant plannedAt,
    Instant newestHour,
    List<FileCount> files,
    List<RawFile> earlier,
    Position truncatedAt,
    Reached reached) {

  /**
   * @param number of the batch, counted from the table's first batch
   * @param mergedUpTo the greatest position of all batches
   * @param hours a line for each hour folder of the look-back from which files were read
   * @param copied the greatest position of a row that a copy of the table sent
   * @param readBefore days before it count as read: an earlier version of Firn did not record them
   *     by hours
   * @param older the batch that wrote the lines of all earlier hours; empty if there are none
   */
  record Reached(
      long number,
      Position mergedUpTo,
      Position copied,
      Map<String, String> hours,
      String older,
      Instant readBefore) {

    Reached {
      Objects.requireNonNull(mergedUpTo, "mergedUpTo");
      Objects.requireNonNull(copied, "copied");
      Objects.requireNonNull(older, "older");
      Objects.requireNonNull(readBefore, "readBefore");
      hours = new TreeMap<>(hours);
    }
  }

  public BatchManifest {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(plannedAt, "plannedAt");
    Objects.requireNonNull(newestHour, "newestHour");
    Objects.requireNonNull(truncatedAt, "truncatedAt");
    files = List.copyOf(files);
    earlier = List.copyOf(earlier);
  }

  BatchManifest reaching(Reached now) {
    return new BatchManifest(
        batch, previous, plannedAt, newestHour, files, earlier, truncatedAt, now);
  }

  /** The batch's number; 0 for a manifest of an earlier version of Firn. */
  long number() {
    return reached == null ? 0 : reached.number();
  }

  /** All files that the manifest names. */
  BatchFiles named() {
    List<RawFile> all =
        Stream.concat(files.stream().map(FileCount::file), earlier.stream()).toList();
    return new BatchFiles(previous, number(), all);
  }

  /** The files of the look-back's hours that were read up to this batch. */
  ReadHours hours() {
    return reached == null
        ? ReadHours.of(named().files(), batch, number())
        : ReadHours.of(parsed(reached.hours()));
  }

  /** The batch that wrote the lines of earlier hours; empty if there is none. */
  public String older() {
    return reached == null ? "" : reached.older();
  }

  /**
   * The greatest position of all batches up to this one; only its own in a manifest of an earlier
   * version.
   */
  public Position mergedUpTo() {
    return reached == null ? highest() : reached.mergedUpTo();
  }

  /**
   * The greatest position of a row that a copy of the table sent; none in a manifest of an earlier
   * version.
   */
  public Position copied() {
    Position own =
        files.stream().map(FileCount::copied).max(Position::compareTo).orElse(Position.NONE);
    return reached == null ? own : Position.later(own, reached.copied());
  }

  static Map<String, ReadHour> parsed(Map<String, String> lines) {
    Map<String, ReadHour> hours = new HashMap<>();
    lines.forEach((folder, line) -> hours.put(folder, ReadHour.parse(line)));
    return hours;
  }

  public long records() {
    return files.stream().mapToLong(FileCount::records).sum();
  }

  public long rejected() {
    return files.stream().mapToLong(FileCount::rejected).sum();
  }

  /** Records that carry no change; they are not counted in {@link #records()}. */
  public long ignored() {
    return files.stream().mapToLong(FileCount::ignored).sum();
  }

  public Position lowest() {
    return files.stream()
        .map(FileCount::lowest)
        .filter(position -> position.isAfter(Position.NONE))
        .min(Position::compareTo)
        .orElse(Position.NONE);
  }

  public Position highest() {
    return files.stream().map(FileCount::highest).max(Position::compareTo).orElse(Position.NONE);
  }

  /**
   * The time before which tombstones expire when the batch is published: by the earlier of the two
   * clocks, so that a fast clock does not expire them early.
   */
  public Instant forgetBefore(Duration retention) {
    Instant now = newestHour.isBefore(plannedAt) ? newestHour : plannedAt;
    return now.minus(retention).truncatedTo(ChronoUnit.DAYS);
  }
}
