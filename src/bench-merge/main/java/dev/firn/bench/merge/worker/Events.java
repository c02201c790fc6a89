package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Sql;
import dev.firn.contract.TableToken;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads raw files with Spark's own JSON, and keeps the newest event of each key. */
final class Events {

  private static final String VIEW = "events";

  private final SparkSession spark;

  Events(SparkSession spark) {
    this.spark = spark;
  }

  Dataset<Row> newest(Path raw, TableToken table) {
    typed(raw, table).createOrReplaceTempView(VIEW);
    return spark.sql(Sql.newest(VIEW));
  }

  /** With the types that Spark infers by reading everything a second time. */
  Dataset<Row> newestInferred(Path raw, TableToken table) {
    spark.read().json(folder(raw, table)).createOrReplaceTempView(VIEW);
    return spark.sql(Sql.newestCast(VIEW));
  }

  Dataset<Row> typed(Path raw, TableToken table) {
    return spark.read().schema(Sql.EVENT_TYPE).json(folder(raw, table));
  }

  private static String folder(Path raw, TableToken table) {
    return raw.resolve(table.value()).toString();
  }
}
