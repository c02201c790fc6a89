package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Settings;
import dev.firn.engine.lake.LakeSession;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a process. All sessions run locally with two threads. */
final class Sessions {

  private static final Map<String, String> DELTA =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
  private static final Map<String, String> HUDI =
      Map.of(
          "spark.sql.extensions", "org.apache.spark.sql.hudi.HoodieSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.hudi.catalog.HoodieCatalog",
          "spark.serializer", "org.apache.spark.serializer.KryoSerializer",
          "spark.kryo.registrator", "org.apache.spark.HoodieSparkKryoRegistrar");

  private Sessions() {}

  static SparkSession open(Entrant.Engine engine, Settings settings) {
    // As spark-submit passes its settings.
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.driver.host", "localhost");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.local.dir", settings.work().resolve("spark").toString());
    System.setProperty("spark.sql.warehouse.dir", settings.work().resolve("unused").toString());
    SparkSession spark =
        switch (engine) {
          case ICEBERG -> Firn.open(settings);
          case DELTA -> open(DELTA);
          case HUDI -> open(HUDI);
        };
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  private static SparkSession open(Map<String, String> options) {
    SparkSession.Builder builder =
        SparkSession.builder().appName("bench").config("spark.sql.session.timeZone", "UTC");
    options.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Separate from the others, whose class path does not contain Firn. */
  private static final class Firn {

    static SparkSession open(Settings settings) {
      return LakeSession.open(new Lakes(settings).any(), "bench");
    }
  }
}
