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

/** Writes the files of one batch for one table. */
final class DirectMerge {

  /**
   * The table that the batch is merged into.
   *
   * @param mirror the table
   * @param snapshot the table's snapshot that the batch is based on
   * @param tombstones of the table; empty if nothing was ever deleted from it
   */
  public record Target(Table mirror, long snapshot, Optional<Table> tombstones) {}

  /**
   * Facts about the whole batch.
   *
   * @param batch its id
   * @param lowest position of its events
   * @param rules by which it is judged
   * @param truncates the batch contains the TRUNCATE of the rules: older rows are to be removed
   * @param recordedAt the time that is recorded in its tombstones
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
   * Writes the files of a batch. They become part of the table only when they are committed.
   *
   * @throws UnsuitedTableException when the table has files that this engine cannot search
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

  // Rows below a truncation are removed, whether or not the batch has changes of their keys.
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

  /** Writes all deletes of a batch in one task, into one delete file. */
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

  /** Files with at least one tombstone that is not older than the batch. */
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
