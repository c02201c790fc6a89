package dev.firn.local.demo;

import dev.firn.console.OperatorException;
import dev.firn.local.aws.AwsLocal;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.workload.Workload;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a demo runs.
 *
 * @param environment that the stages need in addition to that of this process
 * @param aws that runs only for this demo
 */
record DemoSetting(
    Path pipeline,
    PipelineConfig config,
    DatabaseAddress address,
    Map<String, String> environment,
    Optional<AwsLocal> aws) {

  /** On the database of a pipeline. */
  static DemoSetting ofPipeline(Path file) {
    PipelineConfig config = PipelineFile.load(file);
    SourceConfig source = config.source();
    List<QualifiedName> missing = new ArrayList<>(Workload.tables());
    missing.removeAll(source.tables().stream().map(SourceTable::name).toList());
    if (!missing.isEmpty()) {
      throw new OperatorException(
          "Cannot run the demo on %s: tables of the sample are not in source.tables: %s"
              .formatted(file, missing),
          "Add them.");
    }
    return new DemoSetting(file, config, DatabaseAddress.of(source), Map.of(), Optional.empty());
  }

  /** Two stages run before the merge, with a stream between them. */
  boolean hasStream() {
    return config.stream().kinesis().isPresent();
  }

  SourceConfig source() {
    return config.source();
  }
}
