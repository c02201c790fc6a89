package dev.firn.etl.merge;

import dev.firn.console.OperatorException;
import dev.firn.contract.TableToken;
import dev.firn.engine.attention.AttentionStore;
import dev.firn.engine.attention.PassedOver;
import dev.firn.engine.attention.RawAttention;
import dev.firn.engine.attention.RawAttention.Missing;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.raw.RawListing;
import dev.firn.engine.raw.WantedDays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Watches one table's raw folder during a run: which days are listed, which files are missing, and
 * which files no merge reads. Its findings are stored until the operator decides.
 */
final class RawWatch {

  private final MergeContext context;
  private final TableToken token;
  private final AttentionStore store;
  private final RawAttention before;
  private final List<String> notes = new ArrayList<>();
  private final boolean sweeps;
  private RawAttention now;
  private Predicate<String> days = WantedDays.ALL;
  private long found;

  private RawWatch(MergeContext context, TableToken token) {
    this.context = context;
    this.token = token;
    this.store = new AttentionStore(context.lake(), token);
    this.before = store.read();
    this.now = before;
    this.sweeps = context.order().sweep().map(this::isSweepDue).orElse(false);
  }

  /**
   * @throws OperatorException when the operator gives up a file that is not missing
   */
  static RawWatch begin(MergeContext context, TableToken token) {
    RawWatch watch = new RawWatch(context, token);
    watch.accept();
    watch.noteReturned();
    return watch;
  }

  // If the clock was set back, the last sweep lies in the future: its age is unknown.
  private boolean isSweepDue(Duration age) {
    Instant time = context.clock().instant();
    return before
        .lastSweep()
        .map(last -> last.isAfter(time) || !last.plus(age).isAfter(time))
        .orElse(true);
  }

  private void accept() {
    List<String> missing = now.missing().stream().map(Missing::path).toList();
    for (String path : context.order().accepted()) {
      if (path.startsWith(token.value() + "/")) {
        if (!missing.contains(path)) {
          throw new OperatorException(
              "Cannot give up raw file: it is not missing: " + path,
              "Missing files: " + (missing.isEmpty() ? "none" : missing) + ".");
        }
        notes.add("raw file was given up because of --accept-missing: " + path);
      }
    }
    now = now.without(context.order().accepted());
  }

  private void noteReturned() {
    Set<String> returned =
        now.missing().stream()
            .map(Missing::path)
            .filter(context.raw()::exists)
            .collect(Collectors.toSet());
    returned.forEach(path -> notes.add("raw file that was missing is back: " + path));
    now = now.without(returned);
  }

  /** Lists the raw files of the days that the table's progress requires. */
  RawListing list(TableProgress progress) {
    Predicate<String> usual = progress.days(token);
    // A file that was put back may be of any age.
    days = (sweeps ? progress.knownDays(token) : usual).or(this::hadMissing);
    RawListing listing = context.raw().list(token, days);
    if (sweeps && found == 0) {
      found =
          progress.due(listing).stream()
              .filter(file -> !WantedDays.hold(usual, file.path()))
              .count();
    }
    now = now.passingOver(listing.passedOver(), days.negate());
    return listing;
  }

  private boolean hadMissing(String day) {
    return before.missing().stream().anyMatch(one -> one.path().startsWith(day + "/"));
  }

  /**
   * Checks whether reading failed because files are missing.
   *
   * @throws IllegalStateException when files are missing; they are recorded before
   */
  void refuseVanished(List<RawFile> due, Exception failure) {
    Set<String> listed =
        context.raw().list(token, days).files().stream()
            .map(RawFile::path)
            .collect(Collectors.toSet());
    List<String> gone =
        due.stream().map(RawFile::path).filter(path -> !listed.contains(path)).toList();
    if (!gone.isEmpty()) {
      // This run did not merge a file that was put back, so the next run lists it again.
      store.write(
          before.without(context.order().accepted()).missing(gone, context.clock().instant()));
      throw new IllegalStateException(
          "Cannot read raw files: they were listed and are now missing: %s. The batch was not applied. Put the files back, or give them up with merge --accept-missing"
              .formatted(String.join(", ", gone)),
          failure);
    }
  }

  /** Adds everything that needs the operator to the run's report, and stores it. */
  TableReport conclude(TableReport report) {
    if (sweeps) {
      now = now.swept(context.clock().instant(), found);
      notes.add(
          "sweep: found %s new files in day folders that had been read before".formatted(found));
    }
    PassedOver.sentence(now.passedOver()).ifPresent(notes::add);
    now.missing().stream().map(Missing::sentence).forEach(notes::add);
    if (!now.equals(before)) {
      store.write(now);
    }
    return report.noting(notes, now.missing().size());
  }
}
