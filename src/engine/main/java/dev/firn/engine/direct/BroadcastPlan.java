package dev.firn.engine.direct;

import dev.firn.engine.batch.FoldedBatch;
import dev.firn.engine.phase.Phase;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.row.ChangePartitions;
import dev.firn.engine.row.SortedChanges;
import dev.firn.engine.row.SortedKeys;
import dev.firn.engine.scan.KeySet;
import dev.firn.engine.scan.ScanFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The plan for small batches, and for every table without buckets: the keys are broadcast, the
 * search for old rows is split by data files, and the changes are split by ranges of keys. A large
 * batch is processed in slices, so that neither the driver nor a task holds more than one slice's
 * keys.
 */
final class BroadcastPlan {

  private final JavaSparkContext spark;
  private final FoldedBatch batch;
  private final PartSizes sizes;
  private final Phases phases;
  private long keyCount;
  private String description = "";

  BroadcastPlan(JavaSparkContext spark, FoldedBatch batch, PartSizes sizes, Phases phases) {
    this.sizes = sizes;
    this.spark = spark;
    this.batch = batch;
    this.phases = phases;
  }

  /**
   * @param work returns the work for some keys, with the files that may contain them; the same
   *     files for every slice of a batch
   * @param tombstones files of the tombstone table that may contain relevant tombstones
   */
  TaskOutput run(Function<KeySet, TaskInput> work, List<ScanFile> tombstones) {
    ChangePartitions ranges = batch.ranges(sizes.of(batch));
    JavaRDD<SortedChanges> folded = batch.folded(ranges).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      TaskOutput written = new TaskOutput();
      for (int from = 0; from < ranges.count(); from += sizes.slice()) {
        int[] parts =
            IntStream.range(from, Math.min(from + sizes.slice(), ranges.count())).toArray();
        written = written.plus(slice(folded, parts, work, tombstones));
      }
      description =
          String.format(
              Locale.ROOT, "small: %,d keys broadcast, %s parts", keyCount, ranges.count());
      return written;
    } finally {
      folded.unpersist(false);
    }
  }

  /**
   * Only adds rows, for a table without files, in which there is nothing to find. No keys are
   * collected, so the first load of a table costs one shuffle and the writing.
   */
  TaskOutput append(TaskInput work) {
    ChangePartitions ranges = batch.ranges(sizes.of(batch));
    Broadcast<TaskInput> all = spark.broadcast(work);
    description = "append: %s parts".formatted(ranges.count());
    return batch
        .folded(ranges)
        .mapPartitions(some -> write(all.value(), some, Matches.none(), 0))
        .collect()
        .stream()
        .reduce(new TaskOutput(), TaskOutput::plus);
  }

  /** The plan, in one line for people. */
  String description() {
    return description;
  }

  private TaskOutput slice(
      JavaRDD<SortedChanges> folded,
      int[] parts,
      Function<KeySet, TaskInput> workOf,
      List<ScanFile> tombstones) {
    List<SortedKeys> blocks =
        phases.time(Phase.FOLD, () -> collect(folded.map(SortedChanges::keys), parts));
    KeySet keys = KeyMatching.keys(batch.shape(), blocks);
    keyCount += keys.size();
    TaskInput work = phases.time(Phase.LIST, () -> workOf.apply(keys));
    Broadcast<TaskInput> all = spark.broadcast(work);
    Matches matches =
        phases.time(Phase.SCAN, () -> new KeyMatching(spark, work, keys).find(tombstones));
    Broadcast<Matches> found = spark.broadcast(matches);
    int[] firsts = firsts(parts, blocks);
    int begin = parts[0];
    JavaRDD<TaskOutput> writing =
        folded.mapPartitionsWithIndex(
            (part, some) -> write(all.value(), some, found.value(), firsts[part - begin]), false);
    TaskOutput written =
        phases.time(
            Phase.WRITE,
            () -> collect(writing, parts).stream().reduce(new TaskOutput(), TaskOutput::plus));
    written.removeAll(matches.surplus());
    all.destroy();
    found.destroy();
    return written;
  }

  private static Iterator<TaskOutput> write(
      TaskInput work, Iterator<SortedChanges> some, Matches matches, int first) {
    List<TaskOutput> written = new ArrayList<>();
    some.forEachRemaining(
        changes -> written.add(new PartWriter(work, changes, matches, first).write()));
    return written.iterator();
  }

  /** The ordinal of each part's first key in the slice. */
  private static int[] firsts(int[] parts, List<SortedKeys> blocks) {
    int[] firsts = new int[parts.length];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + blocks.get(i - 1).size();
    }
    return firsts;
  }

  private static <T> List<T> collect(JavaRDD<T> elements, int[] parts) {
    List<T> collected = new ArrayList<>();
    for (List<T> part : elements.collectPartitions(parts)) {
      collected.addAll(part);
    }
    return collected;
  }
}
