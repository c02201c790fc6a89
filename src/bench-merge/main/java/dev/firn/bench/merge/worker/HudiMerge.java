package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Folder;
import dev.firn.bench.merge.Settings;
import dev.firn.contract.TableToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Hudi's upsert into a merge-on-read table, which finds rows by the bucket of their key. */
final class HudiMerge implements Contender {

  private static final String VIEW = "hudi_rows";

  private final SparkSession spark;
  private final Settings settings;
  private final FolderCopies copies;

  HudiMerge(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
    this.copies = new FolderCopies(settings.tables("hudi"));
    spark.conf().set("spark.sql.shuffle.partitions", "16");
  }

  @Override
  public void lay(Course course) {
    Path base = copies.base(course);
    if (Files.exists(base.resolve(".hoodie"))) {
      return;
    }
    Path unfinished = base.resolveSibling(base.getFileName() + ".unfinished");
    Folder.remove(unfinished);
    Dataset<Row> rows =
        spark.read().parquet(settings.staged(course).toString()).selectExpr("*", "0L AS position");
    write(course, rows, "bulk_insert", unfinished);
    FolderCopies.move(unfinished, base);
  }

  @Override
  public void restore(Course course) {
    copies.begin(course);
  }

  @Override
  public Account merge(Course course) {
    for (TableToken token : course.tokens()) {
      Dataset<Row> events =
          new Events(spark)
              .typed(settings.events(course), token)
              .selectExpr(
                  "key.id AS id",
                  "after.customer_id",
                  "after.status",
                  "after.amount",
                  "after.note",
                  "after.updated_at",
                  "after.country",
                  "lsn * 1000 + seq AS position",
                  "op = 'd' AS _hoodie_is_deleted");
      write(course, events, "upsert", copies.current());
    }
    return Account.NONE;
  }

  private static void write(Course course, Dataset<Row> rows, String operation, Path table) {
    Map<String, String> options = options(course);
    options.put("hoodie.datasource.write.operation", operation);
    rows.write().format("hudi").options(options).mode("append").save(table.toString());
  }

  /** Tuned as its documentation recommends: no clean-up, no metadata table, no file sizing. */
  private static Map<String, String> options(Course course) {
    Map<String, String> options = new HashMap<>();
    options.put("hoodie.table.name", "orders");
    options.put("hoodie.datasource.write.table.type", "MERGE_ON_READ");
    options.put("hoodie.datasource.write.recordkey.field", "id");
    options.put("hoodie.datasource.write.precombine.field", "position");
    options.put("hoodie.datasource.write.partitionpath.field", "");
    options.put(
        "hoodie.datasource.write.keygenerator.class",
        "org.apache.hudi.keygen.NonpartitionedKeyGenerator");
    options.put("hoodie.index.type", "BUCKET");
    options.put("hoodie.bucket.index.num.buckets", Integer.toString(Staging.files(course)));
    options.put("hoodie.metadata.enable", "false");
    options.put("hoodie.parquet.compression.codec", "zstd");
    options.put("hoodie.bulkinsert.shuffle.parallelism", "16");
    options.put("hoodie.upsert.shuffle.parallelism", "16");
    options.put("hoodie.clean.automatic", "false");
    options.put("hoodie.compact.inline", "false");
    options.put("hoodie.embed.timeline.server", "false");
    return options;
  }

  @Override
  public List<String> relations(Course course) {
    spark.read().format("hudi").load(copies.current().toString()).createOrReplaceTempView(VIEW);
    return List.of(VIEW);
  }

  @Override
  public Path folder(Course course) {
    return copies.current();
  }
}
