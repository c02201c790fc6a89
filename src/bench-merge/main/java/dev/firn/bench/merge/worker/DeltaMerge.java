package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Folder;
import dev.firn.bench.merge.Settings;
import dev.firn.bench.merge.Sql;
import dev.firn.contract.TableToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** MERGE INTO a Delta table that marks changed rows by deletion vectors. */
final class DeltaMerge implements Contender {

  private final SparkSession spark;
  private final Settings settings;
  private final FolderCopies copies;

  DeltaMerge(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
    this.copies = new FolderCopies(settings.tables("delta"));
    spark.conf().set("spark.sql.shuffle.partitions", "16");
    spark.conf().set("spark.sql.parquet.compression.codec", "zstd");
  }

  @Override
  public void lay(Course course) {
    Path base = copies.base(course);
    if (Files.exists(base.resolve("_delta_log"))) {
      return;
    }
    Path unfinished = base.resolveSibling(base.getFileName() + ".unfinished");
    Folder.remove(unfinished);
    spark.sql(
        "CREATE TABLE %s USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true') AS %s"
            .formatted(relation(unfinished), Staging.select(settings, course)));
    FolderCopies.move(unfinished, base);
  }

  @Override
  public void restore(Course course) {
    copies.begin(course);
  }

  @Override
  public Account merge(Course course) {
    for (TableToken token : course.tokens()) {
      Dataset<Row> newest =
          new Events(spark)
              .newest(settings.events(course), token)
              .persist(StorageLevel.MEMORY_AND_DISK());
      newest.createOrReplaceTempView("newest");
      spark.sql(Sql.merge(relation(copies.current()), "newest"));
      newest.unpersist(true);
    }
    return Account.NONE;
  }

  @Override
  public List<String> relations(Course course) {
    return List.of(relation(copies.current()));
  }

  @Override
  public Path folder(Course course) {
    return copies.current();
  }

  private static String relation(Path table) {
    return "delta.`" + table + "`";
  }
}
