package dev.firn.etl.direct;

import dev.firn.etl.phase.Phase;
import dev.firn.etl.phase.Phases;
import dev.firn.etl.row.ChangePartitions;
import dev.firn.etl.row.SortedChanges;
import dev.firn.etl.row.SortedKeys;
import dev.firn.etl.scan.KeySet;
import dev.firn.etl.scan.ScanFile;
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
 * The plan of a small batch, and of every table that is not laid out in buckets: the keys are
 * broadcast, the search for old rows is split by data files, and the changes by ranges of keys. A
 * batch of any size is worked off in slices, so that neither the driver nor a task holds more than
 * one slice's keys.
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
   * @param work gives the work for some keys, its files being those that may hold them; always the
   *     same files where the batch has several slices
   * @param tombstones files of their table that may hold some that matter
   */
  Written run(Function<KeySet, Work> work, List<ScanFile> tombstones) {
    ChangePartitions ranges = batch.ranges(sizes.of(batch));
    JavaRDD<SortedChanges> folded = batch.folded(ranges).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Written written = new Written();
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
   * Only adds rows: for a table without files, in which nothing is to be found. So no key is
   * collected, and the first load of a table costs a shuffle and the writing.
   */
  Written append(Work work) {
    ChangePartitions ranges = batch.ranges(sizes.of(batch));
    Broadcast<Work> all = spark.broadcast(work);
    description = "append: %s parts".formatted(ranges.count());
    return batch
        .folded(ranges)
        .mapPartitions(some -> write(all.value(), some, Matches.none(), 0))
        .collect()
        .stream()
        .reduce(new Written(), Written::plus);
  }

  /** What was done, for people. */
  String description() {
    return description;
  }

  private Written slice(
      JavaRDD<SortedChanges> folded,
      int[] parts,
      Function<KeySet, Work> workOf,
      List<ScanFile> tombstones) {
    List<SortedKeys> blocks =
        phases.time(Phase.FOLD, () -> collect(folded.map(SortedChanges::keys), parts));
    KeySet keys = KeyMatching.keys(batch.shape(), blocks);
    keyCount += keys.size();
    Work work = phases.time(Phase.LIST, () -> workOf.apply(keys));
    Broadcast<Work> all = spark.broadcast(work);
    Matches matches =
        phases.time(Phase.SCAN, () -> new KeyMatching(spark, work, keys).find(tombstones));
    Broadcast<Matches> found = spark.broadcast(matches);
    int[] firsts = firsts(parts, blocks);
    int begin = parts[0];
    JavaRDD<Written> writing =
        folded.mapPartitionsWithIndex(
            (part, some) -> write(all.value(), some, found.value(), firsts[part - begin]), false);
    Written written =
        phases.time(
            Phase.WRITE,
            () -> collect(writing, parts).stream().reduce(new Written(), Written::plus));
    written.removeAll(matches.surplus());
    all.destroy();
    found.destroy();
    return written;
  }

  private static Iterator<Written> write(
      Work work, Iterator<SortedChanges> some, Matches matches, int first) {
    List<Written> written = new ArrayList<>();
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
