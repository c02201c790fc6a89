package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RawZone;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.pipeline.PipelineConfig;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/**
 * What the merges of all tables of a run share.
 *
 * @param batchFiles files of one batch, at most
 */
record MergeContext(
    SparkSession spark,
    PipelineConfig config,
    LakeCatalog lake,
    RawZone raw,
    Clock clock,
    MergeListener listener,
    int batchFiles) {

  MergeContext(
      SparkSession spark,
      PipelineConfig config,
      LakeCatalog lake,
      RawZone raw,
      Clock clock,
      MergeListener listener) {
    this(spark, config, lake, raw, clock, listener, BatchPlan.MAX_FILES);
  }

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
