package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.batch.FoldedBatch;
import dev.firn.engine.judge.Judge;
import dev.firn.engine.phase.Phase;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.row.SortedChanges;
import dev.firn.engine.scan.FilePlan;
import dev.firn.engine.scan.KeySet;
import dev.firn.engine.scan.ScanColumns;
import dev.firn.engine.scan.ScanFile;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes of a batch the files that bring it into a table: one merge of one table. */
final class DirectMerge {

  /**
   * What is merged into.
   *
   * @param mirror the table
   * @param snapshot of the table, to which the batch is added
   * @param tombstones of the table; empty where nothing was ever deleted from it
   */
  public record Target(Table mirror, long snapshot, Optional<Table> tombstones) {}

  /**
   * What holds for the whole batch.
   *
   * @param batch its id
   * @param lowest position of its events
   * @param rules by which it is judged
   * @param truncates the batch holds the TRUNCATE of the rules: older rows are to go
   * @param recordedAt the time its tombstones are given
   */
  public record Terms(
      String batch, Position lowest, Judge rules, boolean truncates, Instant recordedAt)
      implements Serializable {

    Position truncatedAt() {
      return rules.truncatedAt();
    }
  }

  private final JavaSparkContext spark;
  private final Target target;
  private final Terms terms;
  private final PartSizes sizes;
  private final Phases phases;

  public DirectMerge(
      JavaSparkContext spark, Target target, Terms terms, PartSizes sizes, Phases phases) {
    this.sizes = sizes;
    this.spark = spark;
    this.target = target;
    this.terms = terms;
    this.phases = phases;
  }

  /**
   * Writes the files of a batch; nothing of them is in the table before they are committed.
   *
   * @throws UnsuitedTableException when the table's files are not such as it can search
   */
  public MergedFiles merge(FoldedBatch batch) {
    ScanColumns columns = ScanColumns.of(batch.shape());
    List<ScanFile> tombstones = phases.time(Phase.LIST, () -> tombstones(batch));
    if (terms.truncates()) {
      return truncated(batch, columns, tombstones);
    }
    if (sizes.isOneSlice(batch)) {
      return small(batch, keys -> work(batch, plan(columns, keys).files()), tombstones);
    }
    TaskInput work = work(batch, phases.time(Phase.LIST, () -> plan(columns)).files());
    if (work.files().isEmpty() && tombstones.isEmpty()) {
      BroadcastPlan plan = new BroadcastPlan(spark, batch, sizes, phases);
      TaskOutput written = phases.time(Phase.WRITE, () -> plan.append(work));
      return new MergedFiles(written, List.of(), plan.description());
    }
    return buckets(batch, work)
        .map(buckets -> shuffled(batch, work, buckets, tombstones))
        .orElseGet(() -> broadcast(batch, keys -> work, tombstones));
  }

  private Optional<TableBuckets> buckets(FoldedBatch batch, TaskInput work) {
    return batch.hasUnchanged()
        ? Optional.empty()
        : BucketPlan.buckets(batch, work, sizes.part(), spark.defaultParallelism());
  }

  private MergedFiles shuffled(
      FoldedBatch batch, TaskInput work, TableBuckets buckets, List<ScanFile> tombstones) {
    BucketPlan plan = new BucketPlan(spark, batch, buckets);
    TaskOutput written = phases.time(Phase.WRITE, () -> plan.run(work, tombstones));
    String description =
        "large: %s buckets, %s parts".formatted(buckets.buckets(), buckets.count());
    return new MergedFiles(written, List.of(), description);
  }

  private MergedFiles small(
      FoldedBatch batch, Function<KeySet, TaskInput> workOf, List<ScanFile> tombstones) {
    Optional<SortedChanges> held = batch.held();
    if (held.isEmpty()) {
      return broadcast(batch, workOf, tombstones);
    }
    HeldPlan plan = new HeldPlan(spark, held.get(), batch.shape(), phases);
    return new MergedFiles(plan.run(workOf, tombstones), List.of(), plan.description());
  }

  private MergedFiles broadcast(
      FoldedBatch batch, Function<KeySet, TaskInput> workOf, List<ScanFile> tombstones) {
    BroadcastPlan plan = new BroadcastPlan(spark, batch, sizes, phases);
    Deleting deleting = new Deleting();
    TaskOutput written = plan.run(keys -> deleting.remember(workOf.apply(keys)), tombstones);
    TaskOutput deletes = phases.time(Phase.WRITE, () -> deleting.write(written));
    return new MergedFiles(written.plus(deletes), List.of(), plan.description());
  }

  // The rows below a truncation go whatever the batch holds of their keys.
  private MergedFiles truncated(FoldedBatch batch, ScanColumns columns, List<ScanFile> tombstones) {
    FilePlan all = phases.time(Phase.LIST, () -> plan(columns));
    List<ScanFile> whole = all.before(terms.truncatedAt());
    List<ScanFile> rest = all.files().stream().filter(file -> !whole.contains(file)).toList();
    TaskInput work = work(batch, rest);
    TaskOutput below =
        phases.time(Phase.SCAN, () -> new TruncatedRows(spark, terms.truncatedAt()).find(work));
    BroadcastPlan plan = new BroadcastPlan(spark, batch, sizes, phases);
    Deleting deleting = new Deleting();
    TaskOutput written = plan.run(keys -> deleting.remember(work), tombstones).plus(below);
    deleting.remember(work);
    TaskOutput deletes = phases.time(Phase.WRITE, () -> deleting.write(written));
    return new MergedFiles(
        written.plus(deletes), whole.stream().map(ScanFile::file).toList(), plan.description());
  }

  /** Writes the deletes of a whole batch at once, in one task: one delete file for all. */
  private final class Deleting {

    private Optional<TaskInput> last = Optional.empty();

    TaskInput remember(TaskInput work) {
      last = Optional.of(work);
      return work;
    }

    TaskOutput write(TaskOutput written) {
      if (written.removed.isEmpty()) {
        return new TaskOutput();
      }
      TaskInput work = last.orElseThrow();
      var removed = written.removed;
      return spark
          .parallelize(List.of(1), 1)
          .map(one -> new DeleteFiles(work).write(removed))
          .collect()
          .get(0);
    }
  }

  private TaskInput work(FoldedBatch batch, List<ScanFile> files) {
    return new TaskInput(
        SerializableTable.copyOf(target.mirror()),
        target.tombstones().map(SerializableTable::copyOf).stream().toList(),
        batch.shape(),
        terms,
        files);
  }

  private FilePlan plan(ScanColumns columns) {
    return suited(FilePlan.of(target.mirror(), target.snapshot(), columns));
  }

  private FilePlan plan(ScanColumns columns, KeySet keys) {
    return suited(FilePlan.of(target.mirror(), target.snapshot(), columns, keys));
  }

  private static FilePlan suited(FilePlan plan) {
    plan.obstacle()
        .ifPresent(
            reason -> {
              throw new UnsuitedTableException(reason);
            });
    return plan;
  }

  /** Files of tombstones that are not all older than the batch. */
  private List<ScanFile> tombstones(FoldedBatch batch) {
    return target.tombstones().filter(table -> table.currentSnapshot() != null).stream()
        .flatMap(
            table ->
                FilePlan.of(
                    table,
                    table.currentSnapshot().snapshotId(),
                    ScanColumns.of(batch.shape(), table.schema()))
                    .files()
                    .stream())
        .filter(file -> !file.isBefore(terms.lowest()))
        .toList();
  }
}
