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
 * What a batch of one table consists of, written before the batch is committed. The commit that
 * publishes the batch names it; a manifest that no commit names is ignored.
 *
 * @param previous the batch before it; empty for the first
 * @param plannedAt when the raw zone was listed for it
 * @param newestHour the newest hour folder that any batch so far has read from
 * @param files what it read
 * @param earlier files of earlier batches that it names again, because the manifests that named
 *     them are not looked at any more
 * @param truncatedAt the newest TRUNCATE of the table so far; {@link Position#NONE} without one
 * @param reached what is merged with it; null in the manifests of an earlier Firn, in which {@code
 *     earlier} are all files that a listing could still find
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
   * @param number of the batch, counted from the table's first
   * @param mergedUpTo the greatest position of all batches
   * @param hours a line for each hour folder of the look-back that files were read from
   * @param copied the greatest position of a row that a copy of the table has sent
   * @param readBefore days before it count as read: an earlier Firn did not record them by hours
   * @param older the batch that has written the lines of all hours before; empty while there are
   *     none
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

  /** The batch's number; 0 for one of an earlier Firn. */
  long number() {
    return reached == null ? 0 : reached.number();
  }

  /** All files it names, as the search for names wants them. */
  BatchFiles named() {
    List<RawFile> all =
        Stream.concat(files.stream().map(FileCount::file), earlier.stream()).toList();
    return new BatchFiles(previous, number(), all);
  }

  /** What was read up to it of the hours of its look-back. */
  ReadHours hours() {
    return reached == null
        ? ReadHours.of(named().files(), batch, number())
        : ReadHours.of(parsed(reached.hours()));
  }

  /** The batch that has written the lines of the hours before; empty where none has. */
  public String older() {
    return reached == null ? "" : reached.older();
  }

  /** The greatest position of all batches up to it; its own for one of an earlier Firn. */
  public Position mergedUpTo() {
    return reached == null ? highest() : reached.mergedUpTo();
  }

  /** The greatest position of a row that a copy of the table has sent; of an earlier Firn none. */
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

  /** Records that carry no change; they are not among the {@link #records()}. */
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
   * The time before which deletes are forgotten when the batch is published: by the earlier of the
   * two clocks, so that one that runs ahead forgets nothing early.
   */
  public Instant forgetBefore(Duration retention) {
    Instant now = newestHour.isBefore(plannedAt) ? newestHour : plannedAt;
    return now.minus(retention).truncatedTo(ChronoUnit.DAYS);
  }
}
