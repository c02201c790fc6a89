package dev.firn.local.demo;

import dev.firn.console.OperatorException;
import dev.firn.local.aws.AwsLocal;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.database.LocalDatabase;
import dev.firn.local.workload.Workload;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a demo runs.
 *
 * @param environment that the stages need beside this process's own
 */
record DemoSetting(
    Path pipeline,
    PipelineConfig config,
    DatabaseAddress address,
    Map<String, String> environment) {

  /** On a database of its own, which is stopped at the end. */
  static DemoSetting inFolder(DemoFolder folder, DemoEnd end) {
    folder.prepare();
    DatabaseAddress address = database(folder, end);
    return of(folder, DemoPipeline.inFolder(address), address, Map.of());
  }

  /**
   * On a database of its own too, and an AWS.
   *
   * @param aws that the folder was prepared for
   */
  static DemoSetting onAws(DemoFolder folder, AwsLocal aws, DemoEnd end) {
    DatabaseAddress address = database(folder, end);
    return of(folder, DemoPipeline.onAws(address), address, aws.environment());
  }

  private static DatabaseAddress database(DemoFolder folder, DemoEnd end) {
    LocalDatabase database = LocalDatabase.start(folder.database());
    end.add(database::close);
    return database.address();
  }

  private static DemoSetting of(
      DemoFolder folder, String pipeline, DatabaseAddress address, Map<String, String> more) {
    folder.write(folder.pipeline(), pipeline);
    Map<String, String> environment = new HashMap<>(more);
    environment.put("FIRN_PG_PASSWORD", "any");
    PipelineConfig config = PipelineFile.load(folder.pipeline());
    return new DemoSetting(folder.pipeline(), config, address, environment);
  }

  /** The stages before the merge are two, with a stream between them. */
  boolean hasStream() {
    return config.stream().kinesis().isPresent();
  }

  SourceConfig source() {
    return config.source();
  }

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
    return new DemoSetting(file, config, DatabaseAddress.of(source), Map.of());
  }
}
