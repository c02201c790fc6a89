package dev.firn.etl.merge;

import dev.firn.pipeline.Engine;
import dev.firn.pipeline.LayoutConfig;
import dev.firn.pipeline.MergeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.ReadLimits;
import dev.firn.pipeline.TableConfig;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Configurations that differ in one thing. */
final class Options {

  private Options() {}

  /** The table {@code sales} with properties of the user's. */
  static PipelineConfig properties(PipelineConfig config, Map<String, String> properties) {
    return sales(config, properties, config.table("sales").buckets());
  }

  /** The table {@code sales} over so many buckets. */
  static PipelineConfig buckets(PipelineConfig config, int buckets) {
    return sales(config, config.table("sales").properties(), OptionalInt.of(buckets));
  }

  /** The table {@code sales} merged by this engine. */
  static PipelineConfig engine(PipelineConfig config, Engine engine) {
    TableConfig table =
        new TableConfig(
            Set.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.of(engine),
            OptionalInt.empty());
    return with(config, Map.of("sales", table), config.merge());
  }

  static PipelineConfig layout(PipelineConfig config, LayoutConfig layout) {
    MergeConfig merge = config.merge();
    return merge(config, merge.quarantineLimit(), layout, merge.driverSize(), merge.limits());
  }

  /** Everything is read by tasks, however small. */
  static PipelineConfig byTasks(PipelineConfig config) {
    MergeConfig merge = config.merge();
    return merge(config, merge.quarantineLimit(), merge.layout(), 0, merge.limits());
  }

  static PipelineConfig limits(PipelineConfig config, ReadLimits limits) {
    MergeConfig merge = config.merge();
    return merge(config, merge.quarantineLimit(), merge.layout(), merge.driverSize(), limits);
  }

  static PipelineConfig quarantineLimit(PipelineConfig config, double share) {
    MergeConfig merge = config.merge();
    return merge(config, share, merge.layout(), merge.driverSize(), merge.limits());
  }

  /** The raw zone in another place. */
  static PipelineConfig raw(PipelineConfig config, String raw) {
    return new PipelineConfig(
        config.source(),
        config.stream(),
        raw,
        config.lake(),
        config.tables(),
        config.merge(),
        config.delivery());
  }

  private static PipelineConfig merge(
      PipelineConfig config,
      double quarantineLimit,
      LayoutConfig layout,
      long driverSize,
      ReadLimits limits) {
    MergeConfig merge = config.merge();
    return with(
        config,
        config.tables(),
        new MergeConfig(
            merge.lookBack(),
            merge.tombstones(),
            merge.parallelTables(),
            quarantineLimit,
            merge.engine(),
            layout,
            driverSize,
            limits));
  }

  private static PipelineConfig sales(
      PipelineConfig config, Map<String, String> properties, OptionalInt buckets) {
    TableConfig table =
        new TableConfig(
            Set.of(),
            Map.of(),
            properties,
            Optional.empty(),
            config.table("sales").engine(),
            buckets);
    return with(config, Map.of("sales", table), config.merge());
  }

  private static PipelineConfig with(
      PipelineConfig config, Map<String, TableConfig> tables, MergeConfig merge) {
    return new PipelineConfig(
        config.source(),
        config.stream(),
        config.raw(),
        config.lake(),
        tables,
        merge,
        config.delivery());
  }
}
