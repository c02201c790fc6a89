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

/** The copy of one table: begun, or gone on with after a break; done with its last range. */
final class TableCopy {

  /** How the rows before those of this copy are known to be gone. */
  enum Beginning {
    /** From nothing: what the lake has of the table is older. */
    ANEW,
    /** After a break: some ranges are copied. */
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
   * Looks up what there is to copy, and records that it is begun.
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
    return new TableCopy(table, Beginning.ANEW, ranges(parts, blocks, Set.of(), 0));
  }

  // Without a key a row that is copied and streamed would be two; and another file has other
  // blocks.
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

  /** Whether that was the last one. */
  boolean finishedRange() {
    return left.decrementAndGet() == 0;
  }
}
