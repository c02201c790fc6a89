package dev.firn.cdc.capture;

import dev.firn.cdc.source.CapturedTable;
import dev.firn.cdc.source.SeenTable;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableTraits;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the captured tables with what was recorded when they were copied: at the start, every
 * few seconds, and at the end. The record stays as it was while a gap is open, so that a run that
 * dies before it looks leaves the gap to the next one; the slot may move on meanwhile.
 */
final class TableWatch {

  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final Source source;
  private final TableTroubles troubles;
  private final Set<QualifiedName> all;
  private Set<QualifiedName> tables;

  /** Tables with another file, and the end of the log when that was seen. */
  private final Map<QualifiedName, Long> inQuestion = new HashMap<>();

  private LongSupplier received = () -> 0;
  private Predicate<QualifiedName> truncated = name -> false;
  private long lookedAt = System.nanoTime();

  /**
   * @param again tables that are to be copied again, and not to be compared before
   */
  TableWatch(
      Source source, List<SourceTable> tables, Set<QualifiedName> again, TableTroubles troubles) {
    this.source = source;
    this.troubles = troubles;
    this.all = tables.stream().map(SourceTable::name).collect(Collectors.toSet());
    this.tables = all.stream().filter(name -> !again.contains(name)).collect(Collectors.toSet());
  }

  /**
   * From here on the tables that are copied again are compared too: their copies have begun.
   *
   * @param position up to which the log was read
   * @param emptied whether it had a TRUNCATE of this table since it was last asked: one explains
   *     one new file
   */
  void follow(LongSupplier position, Predicate<QualifiedName> emptied) {
    tables = all;
    received = position;
    truncated = emptied;
  }

  TableTroubles troubles() {
    return troubles;
  }

  /** To be called often. */
  void tick() {
    if (System.nanoTime() - lookedAt >= INTERVAL) {
      look();
    }
  }

  void look() {
    Map<QualifiedName, CapturedTable> captured = new HashMap<>(source.snapshots().tables());
    captured.keySet().removeIf(name -> !tables.contains(name) || troubles.isStopped(name));
    Map<QualifiedName, Long> oids = new HashMap<>();
    captured.forEach((name, table) -> oids.put(name, table.oid()));
    source
        .traits()
        .read(oids)
        .forEach((name, seen) -> compare(name, captured.get(name).traits(), seen));
    lookedAt = System.nanoTime();
  }

  private void compare(QualifiedName name, Optional<TableTraits> recorded, SeenTable seen) {
    if (seen.replaced()) {
      troubles.stop(name, "the table was replaced by another of its name", source.endOfLog());
    } else if (seen.name().isEmpty()) {
      troubles.stop(name, "the table was dropped", source.endOfLog());
    } else {
      renamed(name, seen.name().get());
      recorded.ifPresentOrElse(
          before -> compare(name, before, seen),
          () -> source.snapshots().record(name, seen.traits()));
    }
  }

  private void renamed(QualifiedName name, QualifiedName now) {
    if (now.equals(name)) {
      troubles.clear(name);
    } else {
      troubles.note(name, "it is named " + now + " now");
    }
  }

  private void compare(QualifiedName name, TableTraits before, SeenTable seen) {
    TableTraits now = seen.traits();
    Optional<String> gap = now.gapSince(before).or(() -> attached(name, seen, before));
    if (gap.isPresent()) {
      troubles.doubt(name, gap.get(), source.endOfLog());
    } else if (!now.equals(before) && explained(name, seen, now.filesInQuestion(before))) {
      source.snapshots().record(name, now);
    }
  }

  // What is written to a partition from then on is in the log, and what it had is not.
  private Optional<String> attached(QualifiedName name, SeenTable seen, TableTraits before) {
    return seen.traits().partsSince(before).stream()
        .flatMap(part -> source.traits().attachedWithRows(seen.name().orElse(name), part).stream())
        .findFirst()
        .map("partition %s was attached with rows, which are not in the log"::formatted);
  }

  // A TRUNCATE comes with the log, which may not have been read so far.
  private boolean explained(QualifiedName name, SeenTable now, List<String> files) {
    if (files.isEmpty() || truncated.test(name)) {
      inQuestion.remove(name);
      return true;
    }
    long seen = inQuestion.computeIfAbsent(name, ignored -> source.endOfLog());
    if (received.getAsLong() < seen) {
      return false;
    }
    inQuestion.remove(name);
    boolean rewritten =
        files.stream().anyMatch(file -> source.traits().isRewritten(now.name().orElse(name), file));
    if (rewritten) {
      troubles.doubt(name, TableTraits.REWRITTEN, seen);
    }
    return !rewritten;
  }
}
