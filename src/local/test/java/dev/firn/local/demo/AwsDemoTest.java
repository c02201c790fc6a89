package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.aws.AwsLocal;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole demo by Kinesis, S3 and Glue's catalog, on the emulator: needs the jars of the stages,
 * as {@code mvn verify} has them, and the emulator.
 */
class AwsDemoTest {

  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final StageConsole console =
      new StageConsole(new PrintStream(output, true, StandardCharsets.UTF_8));

  @Test
  void itEndsEqualAndMergesAtOneTimeChangeNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    EmulatorInstalled.assumeWithS3();
    DemoFolder demo = new DemoFolder(folder.resolve("demo"));
    demo.prepare();
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      AwsLocal aws = AwsLocal.start(HOME.resolve("bin/firn"), demo.aws(), console);
      end.add(aws::close);
      DemoLake lake = new DemoLake(aws);
      lake.create();
      DemoSetting setting = DemoSetting.onAws(demo, aws, end);
      Stages stages =
          new Stages(HOME.resolve("bin/firn"), setting.pipeline(), setting.environment(), console);
      end.add(stages::close);

      new Demo(Workload.read(HOME.resolve("sample-data"), 3), setting, stages, console)
          .run(Pace.perSecond(50));
      assertPrinted("verify: all 4 tables equal");

      StageProcess one = stages.start("merge 4", "merge");
      StageProcess other = stages.start("merge 5", "merge");
      assertEquals(List.of(0, 0), List.of(one.await(), other.await()), this::printed);
      assertEquals(0, stages.startForResult("verify", "verify").await(), this::printed);
      assertEquals(0, stages.start("status", "status").await(), this::printed);
      assertEquals(
          0,
          stages.start("query", "query", "SELECT count(*) AS n FROM sales").await(),
          this::printed);
      String listing = String.join("\n", lake.listing());
      assertTrue(listing.contains("s3://firn-raw/raw/sales/"), listing);
      assertTrue(listing.contains("glue: lake.sales  s3://firn-lake/warehouse/"), listing);
    }
  }

  private void assertPrinted(String expected) {
    assertTrue(printed().contains(expected), () -> expected + " in:\n" + printed());
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
