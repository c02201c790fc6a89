package dev.firn.engine.progress;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.raw.RawListing;
import dev.firn.engine.raw.RawZone;
import dev.firn.engine.raw.WantedDays;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * How far a table was merged, and which raw files are pending. Each run reads this state from the
 * table; it is stored nowhere else.
 */
public final class TableProgress {

  /** A table and the history of its batches. */
  private record Found(Table table, BatchHistory history, DeleteMemory memory) {}

  private final Optional<Found> found;
  private final Optional<BatchManifest> last;
  private final Optional<ManifestStore> manifests;
  private final Duration lookBack;

  /** Read once, on first use. */
  private ReadHours allHours;

  private TableProgress(
      Optional<Found> found,
      Optional<BatchManifest> last,
      Optional<ManifestStore> manifests,
      Duration lookBack) {
    this.found = found;
    this.last = last;
    this.manifests = manifests;
    this.lookBack = lookBack;
  }

  /** The progress of a table, which may not exist yet. */
  public static TableProgress of(LakeCatalog lake, TableToken token, Duration lookBack) {
    TableIdentifier mirror = lake.mirror(token);
    if (!lake.exists(mirror)) {
      return new TableProgress(Optional.empty(), Optional.empty(), Optional.empty(), lookBack);
    }
    return of(lake, token, lake.load(mirror), lookBack);
  }

  // If the manifest of a batch is gone, everything is read again, which is slow but harmless.
  private static TableProgress of(
      LakeCatalog lake, TableToken token, Table table, Duration lookBack) {
    ManifestStore manifests = new ManifestStore(table.io(), lake.config(), token);
    BatchHistory history = BatchHistory.of(table);
    Optional<BatchManifest> last =
        history.batch().isEmpty() ? Optional.empty() : manifests.read(history.batch());
    Position newest = last.map(BatchManifest::mergedUpTo).orElse(Position.NONE);
    DeleteMemory memory = DeleteMemory.of(lake, token, table, history, newest);
    return new TableProgress(
        Optional.of(new Found(table, history, memory)), last, Optional.of(manifests), lookBack);
  }

  /** The newest batch of the table. */
  public static Optional<String> newestBatch(Table table) {
    return Optional.of(BatchHistory.of(table).batch()).filter(batch -> !batch.isEmpty());
  }

  /** The summary of the newest snapshot that contains a batch. */
  public static Optional<Map<String, String>> newestSummary(Table table) {
    return BatchHistory.of(table).snapshot().map(Snapshot::summary);
  }

  /**
   * The days whose files are listed: those of the look-back, and those of which nothing was ever
   * read. All days if files are read again, because a sweep may have found some in a day of any
   * age.
   */
  public Predicate<String> days(TableToken token) {
    Predicate<String> known = knownDays(token);
    return isReadAgain()
        ? known
        : known.and(WantedDays.of(token, horizon(), allHours().hours().keySet()));
  }

  /**
   * All days whose read files are recorded: an earlier version of Firn did not record the others.
   */
  public Predicate<String> knownDays(TableToken token) {
    return WantedDays.since(token, readBefore()).or(WantedDays.since(token, horizon()));
  }

  /** The files that no committed batch has read, by path. */
  public List<RawFile> due(RawZone raw, TableToken token) {
    return due(raw.list(token, days(token)));
  }

  /** The files of a listing that no committed batch has read. */
  public List<RawFile> due(RawListing listing) {
    return compare(listing.files()).unread();
  }

  /**
   * Divides a listing into read and unread files.
   *
   * @param listed complete: all files of each folder in it, of any age
   */
  ReadHours.Compared compare(List<RawFile> listed) {
    return allHours().compare(listed, batch -> manifests.flatMap(store -> store.find(batch)));
  }

  /** The read files of the look-back's hours. */
  public ReadHours hours() {
    return last.map(BatchManifest::hours).orElse(ReadHours.NONE);
  }

  /** The read files of all hours; those before the look-back come from a separate file. */
  public ReadHours allHours() {
    if (allHours == null) {
      Map<String, ReadHour> all = new HashMap<>();
      manifests.ifPresent(store -> all.putAll(BatchManifest.parsed(store.readOlder(older()))));
      all.putAll(hours().hours());
      allHours = ReadHours.of(all);
    }
    return allHours;
  }

  /** The batch that wrote the records of older hours. */
  String older() {
    return last.map(BatchManifest::older).orElse("");
  }

  /** The newest batch of the table, even if its manifest is gone; empty before the first. */
  public String batch() {
    return found.map(one -> one.history().batch()).orElse("");
  }

  /** The number of that batch. */
  long number() {
    return last.map(BatchManifest::number).orElse(0L);
  }

  /** The newest TRUNCATE that was merged; {@link Position#NONE} without one. */
  public Position truncatedAt() {
    return last.map(BatchManifest::truncatedAt).orElse(Position.NONE);
  }

  /** It is unknown which batches are in the table, or which files they read. */
  private boolean isLost() {
    return found
        .filter(one -> one.history().isLost() || (!batch().isEmpty() && last.isEmpty()))
        .isPresent();
  }

  /**
   * The pending files were read before, by batches that are no longer in the table, or not known to
   * be. Readers have already seen the result of all these files, so they are published together.
   */
  boolean isReadAgain() {
    return isLost() || found.filter(one -> one.history().isTakenBack()).isPresent();
  }

  /** The reason, as a message; empty if nothing is read again. */
  public Optional<String> readAgain(int files) {
    if (!isReadAgain()) {
      return Optional.empty();
    }
    String recorded = found.map(one -> one.history().recorded()).orElse("");
    String why =
        isLost()
            ? "it is unknown which files were merged so far: "
                + (batch().isEmpty()
                    ? "the snapshots and metadata files that name the newest batch are gone"
                    : "the manifest of batch %s is gone".formatted(batch()))
            : "the table was rolled back to a state before batch " + recorded;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s. %,d raw files are read again, and become visible together in one commit",
            why,
            files));
  }

  /** Tombstones up to this position expired before this run. */
  public Position forgottenBelow() {
    return found.map(one -> one.memory().forgottenBelow()).orElse(Position.NONE);
  }

  /**
   * Up to this position, a change of a row that does not exist cannot be judged: the lower of
   * {@link #forgottenBelow} and the table's greatest position at the beginning of the run. If the
   * table's progress is lost, its greatest position is unknown, so it is {@link #forgottenBelow}.
   */
  public Position notJudgedUpTo() {
    if (isLost()) {
      return forgottenBelow();
    }
    Position held = mergedUpTo();
    return forgottenBelow().isAfter(held) ? held : forgottenBelow();
  }

  /** The greatest position in the table, as far as it is known. */
  Position mergedUpTo() {
    return Position.later(
        last.map(BatchManifest::mergedUpTo).orElse(Position.NONE),
        found
            .filter(one -> !batch().isEmpty())
            .map(one -> DeleteMemory.mergedUpTo(one.table(), one.history()))
            .orElse(Position.NONE));
  }

  /**
   * Days before it count as read: an earlier version of Firn did not record the files of each hour.
   */
  Instant readBefore() {
    return last.map(
            manifest -> manifest.reached() == null ? horizon() : manifest.reached().readBefore())
        .orElse(Instant.EPOCH);
  }

  /** The greatest position of a row that a copy of the table sent. */
  Position copied() {
    return last.map(BatchManifest::copied).orElse(Position.NONE);
  }

  /** The batches of the table; empty if the table does not exist. */
  public Optional<BatchHistory> history() {
    return found.map(Found::history);
  }

  /**
   * The time from whose day on folders are listed. It lies before the last plan, so that a long
   * pause misses no files, and before the newest hour that was read, so that a lagging producer
   * misses none.
   */
  public Instant horizon() {
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
}
