package dev.firn.cdc.snapshot;

import dev.firn.cdc.source.CapturedTable;
import dev.firn.cdc.source.FinishedRange;
import dev.firn.cdc.source.Part;
import dev.firn.cdc.source.SnapshotSession;
import dev.firn.cdc.source.SnapshotState;
import dev.firn.cdc.source.TableSnapshot;
import dev.firn.pipeline.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The copy of one table: new, or continued after a break; complete with its last range. */
final class TableCopy {

  /** Whether the copy replaces older rows in the lake or completes an earlier copy. */
  enum Beginning {
    /** From the start: all rows of the table in the lake are older. */
    FROM_START,
    /** After a break: some ranges are already copied. */
    AFTER_A_BREAK
  }

  private final TableSnapshot table;
  private final Beginning beginning;
  private final List<TableRange> ranges;
  private final AtomicInteger left;

  private TableCopy(TableSnapshot table, Beginning beginning, List<TableRange> ranges) {
    this.table = table;
    this.beginning = beginning;
    this.ranges = List.copyOf(ranges);
    this.left = new AtomicInteger(ranges.size());
  }

  /**
   * Looks up what is left to copy, and records that the copy has started.
   *
   * @param blocks of a range
   */
  static TableCopy plan(
      SnapshotSession session,
      TableSnapshot table,
      SnapshotPoint point,
      SnapshotState state,
      long blocks) {
    QualifiedName name = table.table().name();
    List<Part> parts = session.parts(table);
    Optional<CapturedTable> begun =
        Optional.ofNullable(state.tables().get(name)).filter(before -> before.oid() == table.oid());
    Set<FinishedRange> finished = new HashSet<>(state.finished(name));
    if (begun.isPresent() && canGoOn(table, parts, finished)) {
      return new TableCopy(
          table,
          Beginning.AFTER_A_BREAK,
          ranges(parts, blocks, finished, begun.get().oldestChange()));
    }
    long since = point.slot().consistentPoint();
    state.begin(
        name,
        CapturedTable.begun(table.oid(), since, session.oldestChange(), session.traits(table)));
    return new TableCopy(table, Beginning.FROM_START, ranges(parts, blocks, Set.of(), 0));
  }

  // Without a key a row that is both copied and streamed would become two; and a rewritten table
  // has other blocks.
  private static boolean canGoOn(
      TableSnapshot table, List<Part> parts, Set<FinishedRange> finished) {
    Set<Long> files = parts.stream().map(Part::file).collect(Collectors.toSet());
    return !finished.isEmpty()
        && !table.shape().key().isEmpty()
        && finished.stream().allMatch(range -> files.contains(range.file()));
  }

  private static List<TableRange> ranges(
      List<Part> parts, long blocks, Set<FinishedRange> finished, long writtenSince) {
    List<TableRange> ranges = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ranges.addAll(TableRange.of(parts.get(i), i, blocks, finished, writtenSince));
    }
    return ranges;
  }

  TableSnapshot table() {
    return table;
  }

  Beginning beginning() {
    return beginning;
  }

  List<TableRange> ranges() {
    return ranges;
  }

  /** Counts a finished range, and returns whether it was the last one. */
  boolean finishedRange() {
    return left.decrementAndGet() == 0;
  }
}
