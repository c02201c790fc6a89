package dev.firn.cdc.capture;

import dev.firn.cdc.source.CapturedTable;
import dev.firn.cdc.source.SeenTable;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableTraits;
import dev.firn.cdc.source.TableTraits.NewColumns;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the captured tables with what was recorded when they were copied: at the start, every
 * few seconds, and at the end. The record is not updated while a gap is open, so that if a run dies
 * before it compares, the next run finds the gap; the slot may advance in the meantime.
 */
final class TableWatch {

  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final Source source;
  private final TableTroubles troubles;
  private final Set<QualifiedName> all;
  private Set<QualifiedName> tables;

  private long lookedAt = System.nanoTime();

  /**
   * @param again tables that are copied again, and not compared before that
   */
  TableWatch(
      Source source, List<SourceTable> tables, Set<QualifiedName> again, TableTroubles troubles) {
    this.source = source;
    this.troubles = troubles;
    this.all = tables.stream().map(SourceTable::name).collect(Collectors.toSet());
    this.tables = all.stream().filter(name -> !again.contains(name)).collect(Collectors.toSet());
  }

  /** From now on the tables that are copied again are compared too: their copies have started. */
  void follow() {
    tables = all;
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
    source.traits().read(oids).forEach((name, seen) -> compare(name, captured.get(name), seen));
    lookedAt = System.nanoTime();
  }

  private void compare(QualifiedName name, CapturedTable captured, SeenTable seen) {
    if (seen.replaced()) {
      troubles.stop(
          name, "the table was replaced by another table of the same name", source.endOfLog());
    } else if (seen.name().isEmpty()) {
      troubles.stop(name, "the table was dropped", source.endOfLog());
    } else {
      QualifiedName now = seen.name().get();
      renamed(name, now);
      captured
          .traits()
          .ifPresentOrElse(
              before -> compare(name, new Comparison(now, captured.oid(), before, seen.traits())),
              () -> source.snapshots().record(name, seen.traits()));
    }
  }

  /**
   * A table at two looks.
   *
   * @param table by the name that it has now
   */
  private record Comparison(QualifiedName table, long oid, TableTraits before, TableTraits now) {

    /** Whether its rows must be read to find out what the catalog does not show. */
    boolean needsRows() {
      return !now.newFiles(before).isEmpty();
    }
  }

  private void renamed(QualifiedName name, QualifiedName now) {
    if (now.equals(name)) {
      troubles.clear(name);
    } else {
      troubles.note(name, "the table is now named " + now);
    }
  }

  // A locked table is compared at the next look: nothing about it is recorded before that.
  private void compare(QualifiedName name, Comparison looks) {
    Optional<String> gap = looks.now().gapSince(looks.before());
    if (gap.isEmpty() && looks.needsRows()) {
      if (source.traits().isLocked(looks.table())) {
        return;
      }
      gap = attached(looks).or(() -> rewritten(looks));
    }
    if (gap.isPresent()) {
      troubles.doubt(name, gap.get(), source.endOfLog());
    } else if (!looks.now().equals(looks.before())) {
      source.snapshots().record(name, looks.now());
    }
  }

  private Optional<String> rewritten(Comparison looks) {
    NewColumns columns = looks.now().newColumns(looks.before());
    return looks.now().newFiles(looks.before()).stream()
        .filter(file -> source.traits().isRewritten(looks.table(), looks.oid(), file, columns))
        .findFirst()
        .map(file -> TableTraits.REWRITTEN);
  }

  // Rows written to a partition after ATTACH are in the log; rows it had before are not.
  private Optional<String> attached(Comparison looks) {
    return looks.now().partsSince(looks.before()).stream()
        .flatMap(part -> source.traits().attachedWithRows(looks.table(), part).stream())
        .findFirst()
        .map(
            ("partition %s was attached with rows, which are not in the log; nothing is missing if"
                    + " it was empty at that time")
                ::formatted);
  }
}
