package dev.firn.engine.direct;

import dev.firn.engine.batch.FoldedBatch;
import dev.firn.engine.row.SortedChanges;
import dev.firn.engine.scan.KeyScan;
import dev.firn.engine.scan.KeySet;
import dev.firn.engine.scan.ScanColumns;
import dev.firn.engine.scan.ScanFile;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The plan for large batches: the changes are shuffled by the table's own buckets, and each task
 * does the whole work for some of the buckets. The driver holds no keys.
 */
final class BucketPlan {

  /** How many times the planned size one task may get, if the buckets are uneven. */
  private static final int UNEVEN = 4;

  private final JavaSparkContext spark;
  private final FoldedBatch batch;
  private final TableBuckets buckets;

  BucketPlan(JavaSparkContext spark, FoldedBatch batch, TableBuckets buckets) {
    this.spark = spark;
    this.batch = batch;
    this.buckets = buckets;
  }

  /**
   * Splits the batch by the table's buckets; empty if that is impossible, or would put too much
   * into one task.
   *
   * @param work with all live files of the table
   * @param part the planned bytes of changes for each task
   */
  static Optional<TableBuckets> buckets(
      FoldedBatch batch, TaskInput work, long part, int parallelism) {
    Table table = work.mirror();
    OptionalInt count = TableBuckets.count(table.spec(), batch.shape());
    if (count.isEmpty()
        || work.files().stream().anyMatch(file -> file.specId() != table.spec().specId())) {
      return Optional.empty();
    }
    long wanted = Math.max((batch.bytes() + part - 1) / part, parallelism);
    int parts = (int) Math.min(count.getAsInt(), wanted);
    TableBuckets buckets = TableBuckets.of(table.spec(), batch.shape(), parts);
    return largestShare(batch, buckets) * batch.bytes() <= UNEVEN * part
        ? Optional.of(buckets)
        : Optional.empty();
  }

  /** The share of the part that has most of the sampled keys. */
  private static double largestShare(FoldedBatch batch, TableBuckets buckets) {
    List<byte[]> sample = batch.sampleKeys();
    int[] counts = new int[buckets.count()];
    sample.forEach(key -> counts[buckets.part(buckets.bucket(key, 0))]++);
    return (double) Arrays.stream(counts).max().orElse(0) / sample.size();
  }

  /**
   * @param tombstones files of the tombstone table that may contain relevant tombstones
   */
  TaskOutput run(TaskInput work, List<ScanFile> tombstones) {
    JavaRDD<SortedChanges> folded = batch.folded(buckets);
    Broadcast<TaskInput> all = spark.broadcast(work);
    Broadcast<List<ScanFile>> buried = spark.broadcast(tombstones);
    TableBuckets parts = buckets;
    return folded
        .mapPartitionsWithIndex(
            (part, some) -> merge(part, some, all.value(), buried.value(), parts), false)
        .collect()
        .stream()
        .reduce(new TaskOutput(), TaskOutput::plus);
  }

  private static Iterator<TaskOutput> merge(
      int part,
      Iterator<SortedChanges> some,
      TaskInput work,
      List<ScanFile> tombstones,
      TableBuckets buckets) {
    SortedChanges changes = some.next();
    if (changes.size() == 0) {
      return List.of(new TaskOutput()).iterator();
    }
    KeySet keys = KeyMatching.keys(work.shape(), List.of(changes.keys()));
    Matches matches = new Matches(keys.size());
    KeyScan scan = new KeyScan(work.mirror().io(), work.columns(), keys);
    for (int i = 0; i < work.files().size(); i++) {
      ScanFile file = work.files().get(i);
      if (buckets.part(file.partition().get(0, Integer.class)) == part && file.mayHold(keys)) {
        FoundInFile found = new FoundInFile(i);
        scan.scan(file, work.lowest(), found);
        matches.addAll(found, work.judge());
      }
    }
    work.tombstones().forEach(table -> bury(table, tombstones, work, keys, matches));
    return List.of(new PartWriter(work, changes, matches, 0).writeAll()).iterator();
  }

  private static void bury(
      Table table, List<ScanFile> files, TaskInput work, KeySet keys, Matches matches) {
    ScanColumns columns = ScanColumns.of(work.shape(), table.schema());
    KeyScan scan = new KeyScan(table.io(), columns, keys);
    for (ScanFile file : files) {
      FoundInFile found = new FoundInFile(0);
      scan.scan(file, work.lowest(), found);
      matches.buryAll(found);
    }
  }
}
