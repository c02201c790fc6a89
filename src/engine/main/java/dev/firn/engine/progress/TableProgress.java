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
 * How far a table was merged, and what is due from there. The state is read from the table at each
 * run and stored nowhere else.
 */
public final class TableProgress {

  /** A table and what it says of its batches. */
  private record Found(Table table, BatchHistory history, DeleteMemory memory) {}

  private final Optional<Found> found;
  private final Optional<BatchManifest> last;
  private final Optional<ManifestStore> manifests;
  private final Duration lookBack;

  /** Read once, when it is asked for. */
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

  /** The progress of a table that may not be there yet. */
  public static TableProgress of(LakeCatalog lake, TableToken token, Duration lookBack) {
    TableIdentifier mirror = lake.mirror(token);
    if (!lake.exists(mirror)) {
      return new TableProgress(Optional.empty(), Optional.empty(), Optional.empty(), lookBack);
    }
    return of(lake, token, lake.load(mirror), lookBack);
  }

  // A batch whose manifest is gone costs a reading of everything, which changes nothing.
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

  /** The batch the table is at. */
  public static Optional<String> newestBatch(Table table) {
    return Optional.of(BatchHistory.of(table).batch()).filter(batch -> !batch.isEmpty());
  }

  /** The summary of the newest snapshot that holds a batch. */
  public static Optional<Map<String, String>> newestSummary(Table table) {
    return BatchHistory.of(table).snapshot().map(Snapshot::summary);
  }

  /**
   * The days whose files are to be listed: those of the look-back, and those never read of. All
   * days where files are read again: a sweep may have found them in a day of any age.
   */
  public Predicate<String> days(TableToken token) {
    Predicate<String> known = knownDays(token);
    return isReadAgain()
        ? known
        : known.and(WantedDays.of(token, horizon(), allHours().hours().keySet()));
  }

  /** All days of which it is known what was read: an earlier Firn did not record the others. */
  public Predicate<String> knownDays(TableToken token) {
    return WantedDays.since(token, readBefore()).or(WantedDays.since(token, horizon()));
  }

  /** The files that no committed batch has read, by path. */
  public List<RawFile> due(RawZone raw, TableToken token) {
    return due(raw.list(token, days(token)));
  }

  /** Those of a listing that no committed batch has read. */
  public List<RawFile> due(RawListing listing) {
    return compare(listing.files()).unread();
  }

  /**
   * Divides a listing into what was read and what was not.
   *
   * @param listed all files of each folder that is in it, of any age
   */
  ReadHours.Compared compare(List<RawFile> listed) {
    return allHours().compare(listed, batch -> manifests.flatMap(store -> store.find(batch)));
  }

  /** What was read of the hours of the look-back. */
  public ReadHours hours() {
    return last.map(BatchManifest::hours).orElse(ReadHours.NONE);
  }

  /**
   * What was ever read, of any hour; those before the look-back are read from a file of its own.
   */
  public ReadHours allHours() {
    if (allHours == null) {
      Map<String, ReadHour> all = new HashMap<>();
      manifests.ifPresent(store -> all.putAll(BatchManifest.parsed(store.readOlder(older()))));
      all.putAll(hours().hours());
      allHours = ReadHours.of(all);
    }
    return allHours;
  }

  /** The batch that has written what was read of older hours. */
  String older() {
    return last.map(BatchManifest::older).orElse("");
  }

  /** The batch the table is at, also where its manifest is gone; empty before the first. */
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

  /** Nobody can tell which batches are in the table, or what they have read. */
  private boolean isLost() {
    return found
        .filter(one -> one.history().isLost() || (!batch().isEmpty() && last.isEmpty()))
        .isPresent();
  }

  /**
   * What is due was read before, by batches that are not in the table any more or are not known to
   * be. A reader has seen their end, so that no part of them is published alone.
   */
  boolean isReadAgain() {
    return isLost() || found.filter(one -> one.history().isTakenBack()).isPresent();
  }

  /** Why, in a sentence; empty where nothing is read again. */
  public Optional<String> readAgain(int files) {
    if (!isReadAgain()) {
      return Optional.empty();
    }
    String recorded = found.map(one -> one.history().recorded()).orElse("");
    String why =
        isLost()
            ? "what was merged so far cannot be told: "
                + (batch().isEmpty()
                    ? "the snapshots and metadata files that name the newest batch are gone"
                    : "the manifest of batch %s is gone".formatted(batch()))
            : "the table was taken back to a state before batch " + recorded;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s. %,d raw files are read again and published at once, at the end",
            why,
            files));
  }

  /** Tombstones up to it were forgotten before this reading begins. */
  public Position forgottenBelow() {
    return found.map(one -> one.memory().forgottenBelow()).orElse(Position.NONE);
  }

  /**
   * Up to this position, a change of a row that is not there cannot be judged: the lower of {@link
   * #forgottenBelow} and what the table held when the reading begins. Of a table whose progress is
   * lost the former, as nobody can tell the latter.
   */
  public Position notJudgedUpTo() {
    if (isLost()) {
      return forgottenBelow();
    }
    Position held = mergedUpTo();
    return forgottenBelow().isAfter(held) ? held : forgottenBelow();
  }

  /** The greatest position in the table, as far as it can be told. */
  Position mergedUpTo() {
    return Position.later(
        last.map(BatchManifest::mergedUpTo).orElse(Position.NONE),
        found
            .filter(one -> !batch().isEmpty())
            .map(one -> DeleteMemory.mergedUpTo(one.table(), one.history()))
            .orElse(Position.NONE));
  }

  /** Days before it count as read: an earlier Firn did not record what it read of each hour. */
  Instant readBefore() {
    return last.map(
            manifest -> manifest.reached() == null ? horizon() : manifest.reached().readBefore())
        .orElse(Instant.EPOCH);
  }

  /** The greatest position of a row that a copy of the table has sent. */
  Position copied() {
    return last.map(BatchManifest::copied).orElse(Position.NONE);
  }

  /** The batches of the table; empty where it is not there. */
  public Optional<BatchHistory> history() {
    return found.map(Found::history);
  }

  /**
   * The time from whose day folders are listed. It looks back from the last plan, so that a long
   * pause loses nothing, and from the newest hour that was read, so that a producer that lags loses
   * nothing.
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
