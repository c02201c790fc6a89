package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.AwsLocal;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole demo with Kinesis, S3 and Glue's catalog, on the emulator: needs the jars of the
 * stages, as {@code mvn verify} has them, and the emulator.
 */
@RunsProcesses
class AwsDemoTest {

  private final Printed printed = new Printed();

  @Test
  void itEndsEqualAndMergesAtOneTimeChangeNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    EmulatorInstalled.assumeWithS3();
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetup setup = new DemoSetup(printed.console(), end);
      DemoSetting setting = setup.onAws(new DemoFolder(folder.resolve("demo")));
      Stages stages = setup.stages(setting);

      new Demo(Workload.read(FirnHome.sampleData(), 3), setting, stages, printed.console())
          .run(Pace.perSecond(50));
      printed.assertHas("verify: all 4 tables equal");

      StageProcess one = stages.start("merge 4", "merge");
      StageProcess other = stages.start("merge 5", "merge");
      assertEquals(List.of(0, 0), List.of(one.await(), other.await()), printed::toString);
      assertEquals(0, stages.startForResult("verify", "verify").await(), printed::toString);
      assertEquals(0, stages.start("status", "status").await(), printed::toString);
      assertEquals(
          0,
          stages.start("query", "query", "SELECT count(*) AS n FROM sales").await(),
          printed::toString);
      assertNamedByTheirTime(setting.aws().orElseThrow());
      String listing = String.join("\n", new DemoLake(setting.aws().orElseThrow()).listing());
      assertTrue(listing.contains("s3://firn-raw/raw/sales/"), listing);
      assertTrue(listing.contains("glue: lake.sales  s3://firn-lake/warehouse/"), listing);
    }
  }

  // The arrival time of the file's first record in the stream, as in Firehose.
  private static void assertNamedByTheirTime(AwsLocal aws) throws InterruptedException {
    String century =
        "/%s-1-%d".formatted(DemoLake.STREAM, LocalDate.now(ZoneOffset.UTC).getYear() / 100);
    for (String file : aws.call("s3", "ls", "--recursive", "s3://firn-raw/raw/sales/")) {
      assertTrue(file.contains(century), file);
    }
  }
}
