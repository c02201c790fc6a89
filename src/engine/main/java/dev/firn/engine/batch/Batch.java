package dev.firn.engine.batch;

import dev.firn.contract.Position;
import dev.firn.engine.ingest.FileCount;
import dev.firn.engine.ingest.Gathered;
import dev.firn.engine.ingest.RawReader;
import dev.firn.engine.ingest.ReadChanges;
import dev.firn.engine.ingest.Rejection;
import dev.firn.engine.ingest.Truncation;
import dev.firn.engine.progress.BatchPlan;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.row.ChangeBlock;
import dev.firn.engine.row.ChangePage;
import dev.firn.engine.row.ChangePartitions;
import dev.firn.engine.row.ChangeSplit;
import dev.firn.engine.row.Fold;
import dev.firn.engine.row.KeyRanges;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.SortedChanges;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;

/**
 * The events of a batch, read once and folded by each task that read some of them. The memory used
 * on the driver grows with the number of files, not with the number of events.
 */
public final class Batch implements FoldedBatch, AutoCloseable {

  /** Keys sampled from each block, from which {@link #ranges} computes the parts. */
  private static final int SAMPLE = 64;

  /** The facts about a block that the driver knows. */
  private record Folded(long bytes, boolean unchanged, boolean deletes, List<byte[]> sample)
      implements Serializable {

    static Folded of(ChangeBlock block, RowShape shape) {
      return new Folded(
          block.bytes(), block.unchanged(), block.deletes(), block.sampleKeys(shape, SAMPLE));
    }
  }

  private final JavaRDD<Gathered> gathered;
  private final RowShape shape;
  private final List<FileCount> files;
  private final Optional<Truncation> truncation;
  private final List<Folded> folded;
  private final Optional<List<Gathered>> here;

  private Batch(
      JavaRDD<Gathered> gathered,
      Optional<List<Gathered>> here,
      RowShape shape,
      List<Serializable> seen) {
    this.gathered = gathered;
    this.here = here;
    this.shape = shape;
    this.files = only(seen, FileCount.class);
    this.truncation = only(seen, Truncation.class).stream().reduce(Truncation::combine);
    this.folded = only(seen, Folded.class);
  }

  /**
   * @param driverSize bytes of raw files up to which they are read by the driver itself
   */
  public static Batch read(RawReader reader, BatchPlan plan, long driverSize) {
    Batch batch =
        reader
            .readHere(plan.pending(), driverSize)
            .map(read -> here(reader, read))
            .orElseGet(() -> read(reader, plan.pending()));
    if (batch.files.size() != plan.pending().size()) {
      throw new IllegalStateException(
          "Cannot account for batch %s: only %s of %s files were read"
              .formatted(plan.id(), batch.files.size(), plan.pending().size()));
    }
    return batch;
  }

  private static Batch here(RawReader reader, List<Gathered> read) {
    RowShape shape = reader.shape();
    List<Serializable> seen = new ArrayList<>();
    read.stream().filter(Batch::isSeen).forEach(one -> seen.add(seen(one, shape)));
    return new Batch(reader.distribute(read), Optional.of(read), shape, seen);
  }

  private static Batch read(RawReader reader, List<RawFile> files) {
    RowShape shape = reader.shape();
    JavaRDD<Gathered> gathered = reader.read(files).persist(StorageLevel.MEMORY_AND_DISK());
    List<Serializable> seen = gathered.filter(Batch::isSeen).map(one -> seen(one, shape)).collect();
    return new Batch(gathered, Optional.empty(), shape, seen);
  }

  private static boolean isSeen(Gathered one) {
    return !(one instanceof Rejection);
  }

  /** The part of a result that is sent to the driver. */
  private static Serializable seen(Gathered one, RowShape shape) {
    return one instanceof ReadChanges changes ? Folded.of(changes.block(), shape) : one;
  }

  private static <T> List<T> only(List<? extends Serializable> gathered, Class<T> type) {
    return gathered.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public RowShape shape() {
    return shape;
  }

  public List<FileCount> files() {
    return files;
  }

  /** The newer of the table's truncation and the batch's. */
  public Position truncatedAt(Position before) {
    return truncation
        .map(Truncation::position)
        .filter(position -> position.isAfter(before))
        .orElse(before);
  }

  /** The outcomes of the batch's TRUNCATEs, of which only the newest counts. */
  public EventCounts truncations(Position before) {
    if (truncation.isEmpty()) {
      return EventCounts.NONE;
    }
    Truncation seen = truncation.get();
    long older = seen.events() - seen.newest();
    if (seen.position().isAfter(before)) {
      return new EventCounts(1, older, seen.newest() - 1, 0);
    }
    return seen.position().equals(before)
        ? new EventCounts(0, older, seen.newest(), 0)
        : new EventCounts(0, seen.events(), 0, 0);
  }

  public JavaRDD<Rejection> rejections() {
    return gathered.filter(Rejection.class::isInstance).map(Rejection.class::cast);
  }

  @Override
  public boolean hasUnchanged() {
    return folded.stream().anyMatch(Folded::unchanged);
  }

  @Override
  public long bytes() {
    return folded.stream().mapToLong(Folded::bytes).sum();
  }

  @Override
  public List<byte[]> sampleKeys() {
    return folded.stream().flatMap(one -> one.sample().stream()).toList();
  }

  @Override
  public Optional<SortedChanges> held() {
    return here.map(read -> fold(shape, blocks(read).iterator()));
  }

  private static List<ChangeBlock> blocks(List<Gathered> read) {
    return only(read, ReadChanges.class).stream().map(ReadChanges::block).toList();
  }

  /** At least one event deletes a row. */
  public boolean hasDeletes() {
    return folded.stream().anyMatch(Folded::deletes);
  }

  @Override
  public ChangePartitions ranges(long partBytes) {
    long parts = evened((bytes() + partBytes - 1) / partBytes, partBytes);
    return parts < 2
        ? KeyRanges.one()
        : KeyRanges.of(sampleKeys(), (int) Math.min(parts, Integer.MAX_VALUE));
  }

  /** Enough parts to keep all cores busy to the end, unless the parts would become too small. */
  private long evened(long parts, long partBytes) {
    int cores = gathered.context().defaultParallelism();
    long even = (parts + cores - 1) / cores * cores;
    return parts > 1 && bytes() / even >= partBytes / 4 ? even : parts;
  }

  @Override
  public JavaRDD<SortedChanges> folded(ChangePartitions partitions) {
    JavaRDD<ChangeBlock> blocks =
        gathered.filter(ReadChanges.class::isInstance).map(one -> ((ReadChanges) one).block());
    RowShape rows = shape;
    if (partitions.count() == 1 && gathered.getNumPartitions() == 1) {
      return blocks.mapPartitions(some -> List.of(fold(rows, some)).iterator());
    }
    return blocks
        .mapPartitionsToPair(some -> new ChangeSplit(some, rows, partitions))
        .partitionBy(new HashPartitioner(partitions.count()))
        .values()
        .mapPartitions(
            (FlatMapFunction<Iterator<ChangePage>, SortedChanges>) pages -> foldAll(rows, pages));
  }

  private static SortedChanges fold(RowShape shape, Iterator<ChangeBlock> blocks) {
    Fold fold = new Fold(shape);
    blocks.forEachRemaining(block -> block.pages().forEach(fold::addAll));
    return fold.sorted();
  }

  private static Iterator<SortedChanges> foldAll(RowShape shape, Iterator<ChangePage> pages) {
    Fold fold = new Fold(shape);
    // They came from a shuffle: no other code uses them.
    pages.forEachRemaining(fold::adopt);
    return List.of(fold.sorted()).iterator();
  }

  @Override
  public void close() {
    if (here.isEmpty()) {
      // Waits for the clean-up: a session that is closed next would print an error about it.
      gathered.unpersist(true);
    }
  }
}
