package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.Rejection;
import dev.firn.etl.lake.LakeCatalog;
import java.time.Instant;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code <database>__firn.quarantine}: every record that could not become a change, with
 * the reason, until somebody mends the cause. A record that is read again is kept once.
 */
final class Quarantine {

  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "table_name", Types.StringType.get()),
          NestedField.required(2, "file", Types.StringType.get()),
          NestedField.required(3, "line", Types.LongType.get(), "0 for the file as a whole"),
          NestedField.required(4, "reason", Types.StringType.get()),
          NestedField.required(5, "payload", Types.StringType.get()),
          NestedField.required(6, "batch_id", Types.StringType.get()),
          NestedField.required(7, "quarantined_at", Types.TimestampType.withZone()));

  private final SparkSession spark;
  private final LakeCatalog lake;

  Quarantine(SparkSession spark, LakeCatalog lake) {
    this.spark = spark;
    this.lake = lake;
  }

  void createIfMissing() {
    if (!lake.exists(lake.quarantine())) {
      try {
        lake.build(lake.quarantine(), SCHEMA).withProperty("format-version", "2").create();
      } catch (AlreadyExistsException e) {
        // Another run made it first.
      }
    }
  }

  void add(TableToken token, BatchPlan plan, JavaRDD<Rejection> rejections) {
    String table = token.value();
    String batch = plan.id().value();
    Instant now = plan.plannedAt();
    JavaRDD<Row> rows =
        rejections.map(
            one ->
                RowFactory.create(
                    table, one.file(), one.line(), one.reason(), one.payload(), batch, now));
    StructType type = SparkSchemaUtil.convert(SCHEMA);
    String name = LakeCatalog.sqlName(lake.quarantine());
    Dataset<Row> found = spark.createDataFrame(rows, type);
    Dataset<Row> there =
        spark.table(name).filter("table_name = '%s'".formatted(table)).select("file", "line");
    Dataset<Row> fresh =
        found.join(
            there,
            found
                .col("file")
                .equalTo(there.col("file"))
                .and(found.col("line").equalTo(there.col("line"))),
            "left_anti");
    Appending.append(fresh, name);
  }
}
