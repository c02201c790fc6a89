package dev.firn.engine.quarantine;

import dev.firn.contract.TableToken;
import dev.firn.engine.batch.BatchContext;
import dev.firn.engine.ingest.Rejection;
import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.table.Appending;
import dev.firn.engine.table.FutureCommits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code <database>__firn.quarantine}: every record that could not be converted into a
 * change, with the reason, until the cause is fixed. A record that is read again has one entry,
 * with the batch that read it last.
 */
public final class Quarantine {

  /** The reason of a change whose row may have been deleted since: its tombstones have expired. */
  public static final String OLDER_THAN_MEMORY = "older-than-memory";

  /** The line of an entry that is identified by key and position, not by its place in a file. */
  private static final long NO_LINE = -1;

  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "table_name", Types.StringType.get()),
          NestedField.required(2, "file", Types.StringType.get()),
          NestedField.required(
              3,
              "line",
              Types.LongType.get(),
              "0 for the file as a whole, -1 for a key that cannot be judged"),
          NestedField.required(4, "reason", Types.StringType.get()),
          NestedField.required(5, "payload", Types.StringType.get()),
          NestedField.required(6, "batch_id", Types.StringType.get()),
          NestedField.required(7, "quarantined_at", Types.TimestampType.withZone()));

  private final SparkSession spark;
  private final LakeCatalog lake;

  public Quarantine(SparkSession spark, LakeCatalog lake) {
    this.spark = spark;
    this.lake = lake;
  }

  public void createIfMissing() {
    if (lake.exists(lake.quarantine())) {
      FutureCommits.settled(lake.load(lake.quarantine()));
    } else {
      try {
        lake.build(lake.quarantine(), SCHEMA).withProperty("format-version", "2").create();
      } catch (AlreadyExistsException e) {
        // Another run created it first.
      }
    }
  }

  /** Adds the keys that can no longer be judged; each position of a key once. */
  public void add(TableToken token, BatchContext commit, Forgotten forgotten) {
    String reason =
        "%s: the key is not in the table, and tombstones up to %s have expired"
            .formatted(OLDER_THAN_MEMORY, commit.before().notJudgedUpTo());
    List<Rejection> rows = new ArrayList<>();
    forgotten
        .named()
        .forEach(
            one ->
                rows.add(
                    new Rejection(
                        "%s at %s".formatted(one.key(), one.position()), NO_LINE, reason, "")));
    long more = forgotten.changes() - rows.size();
    if (more > 0) {
      rows.add(
          new Rejection(
              "batch " + commit.id(),
              NO_LINE,
              "%s; the same holds for %s more changes".formatted(reason, more),
              ""));
    }
    add(token, commit, JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows));
  }

  /**
   * Adds the records that a batch could not use, just before the batch is published. A run that
   * died in between left entries of a batch that was never published: they are assigned to this
   * batch.
   */
  public void add(TableToken token, BatchContext commit, JavaRDD<Rejection> rejections) {
    String table = token.value();
    String batch = commit.id().value();
    Instant now = commit.plannedAt();
    JavaRDD<Row> rows =
        rejections.map(
            one ->
                RowFactory.create(
                    table, one.file(), one.line(), one.reason(), one.payload(), batch, now));
    StructType type = SparkSchemaUtil.convert(SCHEMA);
    Dataset<Row> found = spark.createDataFrame(rows, type);
    Dataset<Row> there =
        spark
            .table(LakeCatalog.sqlName(lake.quarantine()))
            .filter(functions.col("table_name").equalTo(table));
    takeOver(there, found, batch);
    Dataset<Row> fresh =
        found.join(
            there.select("file", "line", "payload"),
            found
                .col("file")
                .equalTo(there.col("file"))
                .and(found.col("line").equalTo(there.col("line")))
                // Records without a newline between them are all on one line.
                .and(found.col("payload").eqNullSafe(there.col("payload"))),
            "left_anti");
    Appending.append(fresh, LakeCatalog.sqlName(lake.quarantine()));
  }

  private void takeOver(Dataset<Row> there, Dataset<Row> found, String batch) {
    Dataset<Row> files = found.select("table_name", "file").distinct();
    boolean isNothing =
        there
            .filter(functions.col("batch_id").notEqual(batch))
            .join(files.select("file"), "file")
            .isEmpty();
    if (isNothing) {
      return;
    }
    String view = "rejected_" + batch;
    files.createOrReplaceTempView(view);
    try {
      spark.sql(
          """
          MERGE INTO %s entry USING %s again
          ON entry.table_name = again.table_name AND entry.file = again.file
          WHEN MATCHED AND entry.batch_id <> '%s' THEN UPDATE SET batch_id = '%s'
          """
              .formatted(LakeCatalog.sqlName(lake.quarantine()), view, batch, batch));
    } finally {
      spark.catalog().dropTempView(view);
    }
  }
}
