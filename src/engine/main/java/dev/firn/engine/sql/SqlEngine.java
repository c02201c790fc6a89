package dev.firn.engine.sql;

import dev.firn.contract.fault.Failpoint;
import dev.firn.engine.batch.Batch;
import dev.firn.engine.batch.BatchContext;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.judge.ForgottenChange;
import dev.firn.engine.judge.Outcome;
import dev.firn.engine.judge.Tallies;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.phase.Phase;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.publish.StagingBranch;
import dev.firn.engine.table.Appending;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.Tombstones;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The reference engine: plain SQL, for tables of any layout. Each batch scans the table's key and
 * position columns twice: once to judge and once to merge.
 */
public final class SqlEngine implements MergeEngine {

  private static final String WRITES =
      MergeSql.OUTCOME + " IN ('insert', 'update', 'complete', 'delete')";

  /** Bytes of changes that a task judges. */
  private static final long PART = 32L << 20;

  private final SparkSession spark;
  private final LakeCatalog lake;
  private final String plan;

  public SqlEngine(SparkSession spark, LakeCatalog lake) {
    this(spark, lake, "sql");
  }

  /**
   * @param plan the description of the plan in the report
   */
  public SqlEngine(SparkSession spark, LakeCatalog lake, String plan) {
    this.spark = spark;
    this.lake = lake;
    this.plan = plan;
  }

  @Override
  public UnpublishedBatch stage(
      MirrorTable target, Batch batch, BatchContext commit, Phases phases) {
    StagingBranch branch = StagingBranch.create(target.table(), commit.id(), commit.predecessor());
    UnpublishedBranch staged = new UnpublishedBranch(branch, plan);
    try {
      stage(target, batch, new BranchWrite(branch, commit, staged), phases);
      return staged;
    } catch (RuntimeException | Error e) {
      staged.drop();
      throw e;
    }
  }

  private void stage(MirrorTable target, Batch batch, BranchWrite commit, Phases phases) {
    if (batch.hasDeletes()) {
      // Before the judgement reads the tombstones: Spark rejects a table that changed after it was
      // read.
      new Tombstones(lake, target).prepare();
    }
    EventCounts truncations = truncate(target, batch, commit);
    Dataset<Row> staged =
        ChangeRows.of(spark, target, batch.shape(), batch.folded(batch.ranges(PART)));
    Dataset<Row> judged = judge(target, staged, commit).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Tallies tallies = phases.time(Phase.SCAN, () -> tallies(judged));
      EventCounts counts = EventCounts.of(tallies).plus(truncations);
      commit.staged().judged(counts, forgotten(target, judged, tallies));
      phases.time(
          Phase.WRITE,
          () -> {
            bury(target, judged, tallies, commit);
            write(target, judged, tallies, commit.summary(counts, plan, phases), commit.branch());
          });
    } finally {
      judged.unpersist(true);
    }
  }

  private static Forgotten forgotten(MirrorTable target, Dataset<Row> judged, Tallies tallies) {
    long changes = tallies.count(Outcome.FORGOTTEN);
    if (changes == 0) {
      return Forgotten.NONE;
    }
    List<String> key = target.keyColumns();
    List<ForgottenChange> named =
        judged
            .filter(MergeSql.OUTCOME + " = '" + Outcome.FORGOTTEN.code() + "'")
            .limit(Forgotten.MOST)
            .collectAsList()
            .stream()
            .map(
                row ->
                    ForgottenChange.of(
                        RowMetadata.position(row),
                        key,
                        key.stream().map(name -> row.<Object>getAs(name)).toList()))
            .toList();
    return new Forgotten(named, changes);
  }

  private static Tallies tallies(Dataset<Row> judged) {
    Tallies tallies = new Tallies();
    judged
        .groupBy(MergeSql.OUTCOME)
        .agg(
            functions.count(functions.lit(1)),
            functions.sum(ChangeRows.EVENTS),
            functions.sum(ChangeRows.NEWEST))
        .collectAsList()
        .forEach(
            row ->
                tallies.add(
                    Outcome.ofCode(row.getString(0)),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3)));
    return tallies;
  }

  private EventCounts truncate(MirrorTable target, Batch batch, BranchWrite commit) {
    if (commit.batch().truncates() && !target.isChangeLog()) {
      String table = branchName(target, commit.branch());
      spark.sql(MergeSql.truncate(table, commit.truncatedAt()));
    }
    return batch.truncations(commit.batch().truncatedBefore());
  }

  private Dataset<Row> judge(MirrorTable target, Dataset<Row> staged, BranchWrite commit) {
    Tombstones tombstones = new Tombstones(lake, target);
    String view = "staged_" + commit.branch().name();
    staged.createOrReplaceTempView(view);
    Optional<String> buried = tombstones.table().map(table -> tombstones.sqlName());
    try {
      MergeSql.Views views = new MergeSql.Views(view, branchName(target, commit.branch()), buried);
      return spark.sql(new MergeSql(target).judge(views, commit.batch().rules(target)));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  private void bury(MirrorTable target, Dataset<Row> judged, Tallies tallies, BranchWrite commit) {
    if (tallies.count(Outcome.DELETE, Outcome.REMEMBER) == 0) {
      return;
    }
    Tombstones tombstones = new Tombstones(lake, target);
    tombstones.add(
        judged
            .filter(MergeSql.OUTCOME + " IN ('delete', 'remember')")
            .withColumn(Tombstones.RECORDED_AT, functions.lit(commit.batch().recordedAt()))
            .selectExpr(
                tombstones.columns().stream().map(LakeCatalog::quote).toArray(String[]::new)));
    Failpoint.MERGE_TOMBSTONES_COMMITTED.pass();
  }

  private void write(
      MirrorTable target,
      Dataset<Row> judged,
      Tallies tallies,
      Map<String, String> summary,
      StagingBranch branch) {
    String table = branchName(target, branch);
    MergeSql sql = new MergeSql(target);
    Dataset<Row> changes = judged.filter(WRITES);
    if (tallies.count(Outcome.UPDATE, Outcome.COMPLETE, Outcome.DELETE) > 0) {
      String view = "changes_" + branch.name();
      changes.createOrReplaceTempView(view);
      try {
        withSummary(summary, () -> spark.sql(sql.merge(table, view)));
      } finally {
        spark.catalog().dropTempView(view);
      }
    } else if (tallies.count(Outcome.INSERT) > 0) {
      Dataset<Row> rows =
          changes.selectExpr(sql.written().stream().map(LakeCatalog::quote).toArray(String[]::new));
      withSummary(summary, () -> Appending.append(rows, table));
    }
  }

  private static void withSummary(Map<String, String> summary, Runnable commit) {
    CommitMetadata.withCommitProperties(
        summary,
        () -> {
          commit.run();
          return null;
        },
        RuntimeException.class);
  }

  private String tableName(MirrorTable target) {
    return LakeCatalog.sqlName(lake.mirror(target.token()));
  }

  private String branchName(MirrorTable target, StagingBranch branch) {
    return tableName(target) + "." + LakeCatalog.quote("branch_" + branch.name());
  }
}
