package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RawZone;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.pipeline.PipelineConfig;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/** What the merges of all tables of a run share. */
record MergeContext(
    SparkSession spark,
    PipelineConfig config,
    LakeCatalog lake,
    RawZone raw,
    Clock clock,
    MergeListener listener) {

  MergeEngine engine(TableToken token) {
    return switch (config.engine(token)) {
      case DIRECT -> new DirectEngine(spark, lake);
      case SQL -> new SqlEngine(spark, lake);
    };
  }

  Quarantine quarantine() {
    return new Quarantine(spark, lake);
  }
}
