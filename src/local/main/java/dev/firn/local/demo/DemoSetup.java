package dev.firn.local.demo;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.AwsLocal;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.database.LocalDatabase;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.Stages;
import dev.firn.pipeline.PipelineFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the dependencies of a demo: a database, an emulator of AWS, its stages. They are stopped
 * with the demo, in reverse order: stages before the database and the AWS that they use.
 *
 * @param console for the lines of all of them
 */
record DemoSetup(StageConsole console, DemoEnd end) {

  /** A database, with all other data in the folder too. */
  DemoSetting inFolder(DemoFolder folder) {
    folder.prepare();
    DatabaseAddress address = database(folder);
    return setting(folder, DemoPipeline.inFolder(address), address, Optional.empty());
  }

  /** A database, with all other data on a private emulator of AWS. */
  DemoSetting onAws(DemoFolder folder) throws InterruptedException {
    folder.prepare();
    return onAws(folder, AwsLocal.start(FirnHome.command(), folder.aws(), console));
  }

  /** The same, and the emulator records all calls. */
  DemoSetting onRecordingAws(DemoFolder folder) throws InterruptedException {
    folder.prepare();
    return onAws(folder, AwsLocal.startRecording(FirnHome.command(), folder.aws(), console));
  }

  Stages stages(DemoSetting setting) {
    return stages(setting, Map.of());
  }

  /**
   * @param more additional environment, which overrides that of the setting
   */
  Stages stages(DemoSetting setting, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.putAll(more);
    Stages stages = new Stages(FirnHome.command(), setting.pipeline(), environment, console);
    end.add(stages::close);
    return stages;
  }

  private DemoSetting onAws(DemoFolder folder, AwsLocal aws) throws InterruptedException {
    end.add(aws::close);
    new DemoLake(aws).create();
    DatabaseAddress address = database(folder);
    return setting(folder, DemoPipeline.onAws(address), address, Optional.of(aws));
  }

  private DatabaseAddress database(DemoFolder folder) {
    LocalDatabase database = LocalDatabase.start(folder.database());
    end.add(database::close);
    return database.address();
  }

  private static DemoSetting setting(
      DemoFolder folder, String pipeline, DatabaseAddress address, Optional<AwsLocal> aws) {
    folder.write(folder.pipeline(), pipeline);
    Map<String, String> environment = new HashMap<>();
    aws.ifPresent(own -> environment.putAll(own.environment()));
    environment.put("FIRN_PG_PASSWORD", "any");
    return new DemoSetting(
        folder.pipeline(), PipelineFile.load(folder.pipeline()), address, environment, aws);
  }
}
