package dev.firn.local.demo;

import dev.firn.console.OperatorException;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.database.LocalDatabase;
import dev.firn.local.workload.Workload;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a demo runs.
 *
 * @param environment that the stages need beside this process's own
 */
record DemoSetting(
    Path pipeline, SourceConfig source, DatabaseAddress address, Map<String, String> environment) {

  /** On a database of its own, which is stopped at the end. */
  static DemoSetting inFolder(DemoFolder folder, DemoEnd end) {
    folder.prepare();
    LocalDatabase database = LocalDatabase.start(folder.database());
    end.add(database::close);
    DatabaseAddress address = database.address();
    folder.write(folder.pipeline(), DemoPipeline.text(address));
    SourceConfig source = PipelineFile.load(folder.pipeline()).source();
    return new DemoSetting(folder.pipeline(), source, address, Map.of("FIRN_PG_PASSWORD", "any"));
  }

  /** On the database of a pipeline. */
  static DemoSetting ofPipeline(Path file) {
    SourceConfig source = PipelineFile.load(file).source();
    List<QualifiedName> missing = new ArrayList<>(Workload.tables());
    missing.removeAll(source.tables().stream().map(SourceTable::name).toList());
    if (!missing.isEmpty()) {
      throw new OperatorException(
          "Cannot run the demo on %s: tables of the sample are not in source.tables: %s"
              .formatted(file, missing),
          "Add them.");
    }
    return new DemoSetting(file, source, DatabaseAddress.of(source), Map.of());
  }
}
