package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.judge.Outcome;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.SortedChanges;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Judges the changes of one part and writes the results: new rows, partition by partition and in
 * the order of their keys, and tombstones. One instance for each task; not thread-safe.
 */
final class PartWriter {

  private final TaskInput work;
  private final SortedChanges changes;
  private final Matches matches;
  private final int first;
  private final TaskOutput written = new TaskOutput();
  private final Map<Integer, InternalRow> completed = new HashMap<>();
  private final Map<PartitionKey, IntStream.Builder> rows = new LinkedHashMap<>();
  private final FoldedChange change;
  private final UnsafeRow row;

  /**
   * @param first the ordinal of the part's first key in the matches
   */
  PartWriter(TaskInput work, SortedChanges changes, Matches matches, int first) {
    this.work = work;
    this.changes = changes;
    this.matches = matches;
    this.first = first;
    this.change = new FoldedChange(work.shape());
    this.row = new UnsafeRow(work.shape().width());
  }

  /** Writes the deletes too: for a part that is the only one with deletes in its files. */
  TaskOutput writeAll() {
    write();
    written.removeAll(matches.surplus());
    TaskOutput deletes = new DeleteFiles(work).write(written.removed);
    written.removed.clear();
    return written.plus(deletes);
  }

  TaskOutput write() {
    Map<Integer, OldRow> old = new OldRowLookup(work, matches, first).read(changes);
    Optional<TombstoneFiles> tombstones =
        work.tombstones().stream().map(table -> new TombstoneFiles(work, table)).findFirst();
    PartitionKey partition = new PartitionKey(work.mirror().spec(), work.shape().schema());
    RowStruct struct = new RowStruct(work.shape().type(), row);
    ForgottenKeys forgotten = new ForgottenKeys(work.shape(), change);
    for (int i = 0; i < changes.size(); i++) {
      Outcome outcome = judge(i, Optional.ofNullable(old.get(i)));
      written.tallies.add(outcome, 1, change.events(), change.newest());
      if (outcome.removesRow()) {
        written.remove(matches.file(first + i), matches.row(first + i));
      }
      if (outcome == Outcome.FORGOTTEN) {
        forgotten.add();
      }
      if (outcome.isBurial()) {
        tombstones.orElseThrow().add(change.row(row));
      }
      if (outcome.writesRow()) {
        partition.partition(struct.of(rowOf(i)));
        add(partition, i);
      }
    }
    written.forgotten = forgotten.end();
    tombstones.ifPresent(files -> written.tombstones.addAll(files.end()));
    writeRows();
    return written;
  }

  /** Judges a change; a change that needs its old row is kept for later. */
  private Outcome judge(int i, Optional<OldRow> old) {
    changes.look(change, i);
    Optional<Position> position = matches.position(first + i);
    boolean completes = false;
    if (change.hasUnchanged() || old.isPresent()) {
      CompletedRow whole = new CompletedRow(work.shape(), change, old);
      completes = old.isPresent() && whole.completes();
      completed.put(i, whole.build());
    }
    return work.judge().of(change, position, matches.tombstone(first + i), completes);
  }

  private InternalRow rowOf(int i) {
    InternalRow whole = completed.isEmpty() ? null : completed.get(i);
    return whole == null ? changes.look(change, i).row(row) : whole;
  }

  private void add(PartitionKey partition, int i) {
    IntStream.Builder same = rows.get(partition);
    if (same == null) {
      same = IntStream.builder();
      rows.put(partition.copy(), same);
    }
    same.add(i);
  }

  private void writeRows() {
    RowFiles files =
        new RowFiles(
            work.mirror(),
            work.written(),
            FileNames.of(work.mirror(), work.batch(), FileFormat.PARQUET));
    InternalRow known = new GenericInternalRow(1);
    JoinedRow joined = new JoinedRow();
    boolean hasUnchanged = work.unchanged().isPresent();
    rows.forEach(
        (partition, ordinals) -> {
          files.begin(partition);
          ordinals
              .build()
              .forEach(
                  i -> {
                    InternalRow one = rowOf(i);
                    boolean whole = !hasUnchanged || one != row;
                    files.write(whole ? one : joined.apply(one, known));
                  });
        });
    written.rows.addAll(files.end());
  }
}
