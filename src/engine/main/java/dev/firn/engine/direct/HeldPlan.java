package dev.firn.engine.direct;

import dev.firn.engine.phase.Phase;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.SortedChanges;
import dev.firn.engine.scan.KeySet;
import dev.firn.engine.scan.ScanFile;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The plan for a batch of few changes: the driver holds them, judges them and writes the files.
 * Only the search in a table of many rows uses tasks, because for so little work starting a task
 * costs more than the work itself.
 */
final class HeldPlan {

  private final JavaSparkContext spark;
  private final SortedChanges changes;
  private final RowShape shape;
  private final Phases phases;

  HeldPlan(JavaSparkContext spark, SortedChanges changes, RowShape shape, Phases phases) {
    this.spark = spark;
    this.changes = changes;
    this.shape = shape;
    this.phases = phases;
  }

  /**
   * @param workOf returns the work for the keys
   * @param tombstones files of the tombstone table that may contain relevant tombstones
   */
  TaskOutput run(Function<KeySet, TaskInput> workOf, List<ScanFile> tombstones) {
    KeySet keys = KeyMatching.keys(shape, List.of(changes.keys()));
    TaskInput work = phases.time(Phase.LIST, () -> workOf.apply(keys));
    Matches matches =
        phases.time(Phase.SCAN, () -> new KeyMatching(spark, work, keys).find(tombstones));
    return phases.time(Phase.WRITE, () -> new PartWriter(work, changes, matches, 0).writeAll());
  }

  /** The plan, in one line for people. */
  String description() {
    return String.format(Locale.ROOT, "small: %,d keys on the driver", changes.size());
  }
}
