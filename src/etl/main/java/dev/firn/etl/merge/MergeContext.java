package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.direct.DirectEngine;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.progress.BatchPlan;
import dev.firn.engine.quarantine.Quarantine;
import dev.firn.engine.raw.RawZone;
import dev.firn.engine.sql.SqlEngine;
import dev.firn.pipeline.PipelineConfig;
import java.time.Clock;
import org.apache.spark.sql.SparkSession;

/**
 * Everything that the merges of all tables in a run share.
 *
 * @param batchFiles the largest number of files in one batch
 */
record MergeContext(
    SparkSession spark,
    PipelineConfig config,
    LakeCatalog lake,
    RawZone raw,
    Clock clock,
    MergeListener listener,
    MergeOrder order,
    int batchFiles) {

  MergeContext(
      SparkSession spark,
      PipelineConfig config,
      LakeCatalog lake,
      RawZone raw,
      Clock clock,
      MergeListener listener) {
    this(spark, config, lake, raw, clock, listener, MergeOrder.ALL, BatchPlan.MAX_FILES);
  }

  MergeContext doing(MergeOrder what) {
    return new MergeContext(spark, config, lake, raw, clock, listener, what, batchFiles);
  }

  MergeContext inBatchesOf(int files) {
    return new MergeContext(spark, config, lake, raw, clock, listener, order, files);
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
