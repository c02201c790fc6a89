package dev.firn.engine.lake;

import dev.firn.pipeline.LakeConfig;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Opens the Spark session of a job. It keeps the settings of {@code spark-submit} or Glue; settings
 * that neither has made get values for one machine.
 */
public final class LakeSession {

  private static final String MASTER = "spark.master";

  /** Tables are merged in parallel: a table should not wait for the last task of another. */
  private static final Map<String, String> ANYWHERE =
      Map.of("spark.scheduler.mode", "FAIR", "spark.sql.catalogImplementation", "in-memory");

  private static final Map<String, String> ONE_MACHINE =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "8",
          // A task that runs out of memory fails alone; by default it would end the whole process,
          // and the merge of every other table.
          "spark.executor.killOnFatalError.depth", "0",
          // Shuffled data goes through the page cache, not through a network.
          "spark.shuffle.compress", "false",
          "spark.shuffle.checksum.enabled", "false");

  private LakeSession() {}

  /** Opens a session whose default catalog is the lake, in UTC. */
  public static SparkSession open(LakeConfig lake, String application) {
    LakeCatalog.createCatalogTables(lake, new Configuration());
    SparkConf given = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder().appName(application);
    defaults(given, builder);
    settings(lake).forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    S3Scheme.in(spark.sparkContext().hadoopConfiguration());
    return spark;
  }

  private static void defaults(SparkConf given, SparkSession.Builder builder) {
    if (!given.contains(MASTER)) {
      builder.master("local[*]");
      builder.config("spark.driver.host", "localhost");
      builder.config("spark.driver.bindAddress", "127.0.0.1");
    }
    ANYWHERE.forEach((key, value) -> builder.config(key, given.get(key, value)));
    if (given.get(MASTER, "local").startsWith("local")) {
      ONE_MACHINE.forEach((key, value) -> builder.config(key, given.get(key, value)));
    }
  }

  /** Settings that the merge requires in every environment. */
  public static Map<String, String> settings(LakeConfig lake) {
    String catalog = "spark.sql.catalog." + LakeCatalog.NAME;
    Map<String, String> settings = new TreeMap<>();
    settings.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
    // Always read the current state of a table, not a cached one: there are commits outside Spark
    // too.
    settings.put(catalog + ".cache-enabled", "false");
    LakeCatalog.properties(lake).forEach((key, value) -> settings.put(catalog + "." + key, value));
    settings.put("spark.sql.defaultCatalog", LakeCatalog.NAME);
    settings.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.datetime.java8API.enabled", "true");
    return settings;
  }
}
