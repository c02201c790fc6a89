package dev.firn.etl.merge;

import dev.firn.etl.ingest.Truncation;
import dev.firn.etl.lake.LakeCatalog;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The reference engine: plain SQL, for tables of any layout. Each batch costs a scan of the table's
 * key and position columns to judge, and another to merge; the direct engine will not.
 */
final class SqlEngine implements MergeEngine {

  private static final String INSERT = "insert";
  private static final String WRITES =
      MergeSql.OUTCOME + " IN ('insert', 'update', 'complete', 'delete')";

  /** Bytes of changes a task judges. */
  private static final long PART = 32L << 20;

  private final SparkSession spark;
  private final LakeCatalog lake;

  SqlEngine(SparkSession spark, LakeCatalog lake) {
    this.spark = spark;
    this.lake = lake;
  }

  @Override
  public Counts stage(TargetTable target, Batch batch, StagedCommit commit) {
    Counts truncations = truncate(target, batch, commit);
    Dataset<Row> staged =
        StagedRows.of(spark, target, batch.shape(), batch.folded(batch.ranges(PART)));
    Dataset<Row> judged = judge(target, staged, commit).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Outcomes outcomes = Outcomes.of(judged);
      Counts counts = outcomes.counts().plus(truncations);
      bury(target, judged, outcomes, commit);
      write(target, judged, outcomes, commit.summary(counts), commit.branch());
      return counts;
    } finally {
      judged.unpersist(true);
    }
  }

  private Counts truncate(TargetTable target, Batch batch, StagedCommit commit) {
    Optional<Truncation> seen = batch.truncation();
    if (seen.isEmpty()) {
      return Counts.NONE;
    }
    Truncation truncation = seen.get();
    long older = truncation.events() - truncation.newest();
    if (!truncation.position().isAfter(commit.truncatedBefore())) {
      boolean same = truncation.position().equals(commit.truncatedBefore());
      return same
          ? new Counts(0, older, truncation.newest(), 0)
          : new Counts(0, truncation.events(), 0, 0);
    }
    String table = branchName(target, commit.branch());
    spark.sql(MergeSql.truncate(table, truncation.position()));
    return new Counts(1, older, truncation.newest() - 1, 0);
  }

  private Dataset<Row> judge(TargetTable target, Dataset<Row> staged, StagedCommit commit) {
    Tombstones tombstones = new Tombstones(lake, target);
    String view = "staged_" + commit.branch().name();
    staged.createOrReplaceTempView(view);
    Optional<String> buried =
        tombstones.isEmpty() ? Optional.empty() : Optional.of(tombstones.sqlName());
    try {
      MergeSql.Views views = new MergeSql.Views(view, branchName(target, commit.branch()), buried);
      return spark.sql(new MergeSql(target).judge(views, target.truncation(commit.truncatedAt())));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }

  private void bury(
      TargetTable target, Dataset<Row> judged, Outcomes outcomes, StagedCommit commit) {
    if (outcomes.rows("delete", "remember") == 0) {
      return;
    }
    Tombstones tombstones = new Tombstones(lake, target);
    tombstones.add(
        judged
            .filter(MergeSql.OUTCOME + " IN ('delete', 'remember')")
            .withColumn(Tombstones.RECORDED_AT, functions.lit(commit.plannedAt()))
            .selectExpr(
                tombstones.columns().stream().map(LakeCatalog::quote).toArray(String[]::new)));
  }

  private void write(
      TargetTable target,
      Dataset<Row> judged,
      Outcomes outcomes,
      Map<String, String> summary,
      StagingBranch branch) {
    String table = branchName(target, branch);
    MergeSql sql = new MergeSql(target);
    Dataset<Row> changes = judged.filter(WRITES);
    if (outcomes.rows("update", "complete", "delete") > 0) {
      String view = "changes_" + branch.name();
      changes.createOrReplaceTempView(view);
      withSummary(summary, () -> spark.sql(sql.merge(table, view)));
      spark.catalog().dropTempView(view);
    } else if (outcomes.rows(INSERT) > 0) {
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

  private String tableName(TargetTable target) {
    return LakeCatalog.sqlName(lake.mirror(target.token()));
  }

  private String branchName(TargetTable target, StagingBranch branch) {
    return tableName(target) + "." + LakeCatalog.quote("branch_" + branch.name());
  }
}
