package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Settings;
import dev.firn.bench.merge.Sql;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.pipeline.LakeConfig;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** MERGE INTO an Iceberg table without Firn, in one of several ways. */
final class SqlMerge implements Contender {

  private static final String STAMP = "sql 2";

  private final SparkSession spark;
  private final Settings settings;
  private final Entrant entrant;
  private final Way way;

  /**
   * The variant of the merge.
   *
   * @param formatVersion of the Iceberg table
   * @param mode of its changes: {@code copy-on-write}, {@code merge-on-read}
   * @param shufflePartitions of the session
   */
  record Way(int formatVersion, String mode, int shufflePartitions) {

    /** As in common examples, with Spark's defaults. */
    static final Way PLAIN = new Way(2, "copy-on-write", 200);

    static Way typed(int formatVersion) {
      return new Way(formatVersion, "merge-on-read", 16);
    }
  }

  /**
   * @param spark a separate session
   */
  SqlMerge(SparkSession spark, Settings settings, Entrant entrant, Way way) {
    this.spark = spark;
    this.settings = settings;
    this.entrant = entrant;
    this.way = way;
    spark.conf().set("spark.sql.shuffle.partitions", Integer.toString(way.shufflePartitions()));
  }

  @Override
  public void lay(Course course) {
    try (CatalogState state = new Lakes(settings).state(lake(course))) {
      if (!state.isKept(STAMP)) {
        state.clear();
        spark.sql("CREATE NAMESPACE IF NOT EXISTS firn." + lake(course).database());
        course.tokens().forEach(token -> create(course, token));
        state.keep(STAMP);
      }
    }
  }

  private void create(Course course, TableToken token) {
    spark.sql(
        """
        CREATE TABLE %s USING iceberg LOCATION '%s' TBLPROPERTIES (
          'format-version' = '%d', 'write.merge.mode' = '%s',
          'write.distribution-mode' = 'none')
        AS %s"""
            .formatted(
                name(course, token),
                location(course, token),
                way.formatVersion(),
                way.mode(),
                course.isLoad()
                    ? "SELECT * FROM parquet.`%s` LIMIT 0".formatted(settings.staged(course))
                    : Staging.select(settings, course)));
    // A merge uses Iceberg's default distribution.
    spark.sql(
        "ALTER TABLE %s UNSET TBLPROPERTIES ('write.distribution-mode')"
            .formatted(name(course, token)));
  }

  // The location in Firn's catalog; no contender uses the session's own warehouse.
  private Path location(Course course, TableToken token) {
    return folder(course).resolve(lake(course).database()).resolve(token.lakeName());
  }

  @Override
  public void restore(Course course) {
    try (CatalogState state = new Lakes(settings).state(lake(course))) {
      state.restore();
    }
  }

  @Override
  public Account merge(Course course) {
    course.tokens().forEach(token -> merge(course, token));
    return Account.NONE;
  }

  private void merge(Course course, TableToken token) {
    Events events = new Events(spark);
    Path raw = settings.events(course);
    if (way.equals(Way.PLAIN)) {
      write(course, token, events.newestInferred(raw, token));
      return;
    }
    Dataset<Row> newest = events.newest(raw, token);
    if (course.isLoad()) {
      write(course, token, newest);
      return;
    }
    newest.persist(StorageLevel.MEMORY_AND_DISK());
    write(course, token, newest);
    newest.unpersist(true);
  }

  private void write(Course course, TableToken token, Dataset<Row> newest) {
    newest.createOrReplaceTempView("newest");
    String name = name(course, token);
    spark.sql(
        course.isLoad()
            ? "INSERT INTO %s SELECT %s FROM newest WHERE op <> 'd'".formatted(name, Sql.columns())
            : Sql.merge(name, "newest"));
  }

  @Override
  public List<String> relations(Course course) {
    return course.tokens().stream().map(token -> name(course, token)).toList();
  }

  @Override
  public Path folder(Course course) {
    return new Lakes(settings).folder(lake(course));
  }

  private LakeConfig lake(Course course) {
    return new Lakes(settings).of(entrant, course);
  }

  private String name(Course course, TableToken token) {
    return LakeCatalog.sqlName(TableIdentifier.of(lake(course).database(), token.lakeName()));
  }
}
