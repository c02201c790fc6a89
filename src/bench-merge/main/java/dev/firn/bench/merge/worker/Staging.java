package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Settings;
import dev.firn.contract.TableToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a course's tables as Parquet, from which all contenders except Firn copy their
 * tables.
 */
final class Staging {

  private static final long ROWS_PER_FILE = 5_000_000 / 16;

  private final SparkSession spark;
  private final Settings settings;

  Staging(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  void lay(Course course) {
    Path folder = settings.staged(course);
    if (Files.exists(folder.resolve("_SUCCESS"))) {
      return;
    }
    TableToken first = course.tokens().get(0);
    new Events(spark)
        .typed(settings.rows(course), first)
        .selectExpr("after.*")
        .repartition(files(course))
        .write()
        .mode("overwrite")
        .options(Map.of("compression", "zstd"))
        .parquet(folder.toString());
  }

  /** The statement that reads the rows again, distributed over as many files as their table has. */
  static String select(Settings settings, Course course) {
    return "SELECT /*+ REPARTITION(%d, id) */ * FROM parquet.`%s`"
        .formatted(files(course), settings.staged(course));
  }

  static int files(Course course) {
    return (int) Math.max(1, course.rows() / ROWS_PER_FILE);
  }
}
