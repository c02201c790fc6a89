package dev.firn.engine.direct;

import dev.firn.engine.batch.Batch;
import dev.firn.engine.batch.BatchContext;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.publish.Fence;
import dev.firn.engine.sql.SqlEngine;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.Tombstones;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The default engine: it finds the old rows of the batch's keys by a scan of the key columns,
 * writes new rows and deletes as files, and commits them as one row delta. Its cost depends on the
 * size of the batch. If it cannot search the files of a table, the SQL engine merges the batch
 * instead.
 */
public final class DirectEngine implements MergeEngine {

  private final SparkSession spark;
  private final LakeCatalog lake;
  private final PartSizes sizes;

  public DirectEngine(SparkSession spark, LakeCatalog lake) {
    this(spark, lake, PartSizes.DEFAULT);
  }

  public DirectEngine(SparkSession spark, LakeCatalog lake, PartSizes sizes) {
    this.spark = spark;
    this.lake = lake;
    this.sizes = sizes;
  }

  @Override
  public UnpublishedBatch stage(
      MirrorTable target, Batch batch, BatchContext commit, Phases phases) {
    Fence fence = Fence.raise(target.table(), commit.id(), commit.predecessor());
    Tombstones tombstones = new Tombstones(lake, target);
    if (batch.hasDeletes()) {
      tombstones.prepare();
    }
    DirectMerge merge =
        new DirectMerge(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            new DirectMerge.Target(target.table(), fence.base(), tombstones.table()),
            new DirectMerge.Terms(
                commit.id().value(),
                commit.manifest().lowest(),
                commit.rules(target),
                commit.truncates() && !target.isChangeLog(),
                commit.recordedAt()),
            sizes,
            phases);
    try {
      MergedFiles files = merge.merge(batch);
      EventCounts truncations = batch.truncations(commit.truncatedBefore());
      return new UnpublishedFiles(fence, files, tombstones, truncations);
    } catch (UnsuitedTableException e) {
      return new SqlEngine(spark, lake, "sql, because a " + e.getMessage())
          .stage(target, batch, commit, phases);
    }
  }
}
