package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole demo with the stages as processes: needs their jars, as {@code mvn verify} has them.
 */
class DemoTest {

  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final StageConsole console =
      new StageConsole(new PrintStream(output, true, StandardCharsets.UTF_8));

  @Test
  void itEndsEqualFilesDeliveredTwiceChangeNothingAndAWrongRowIsFound(@TempDir Path folder)
      throws IOException, InterruptedException {
    DemoFolder demo = new DemoFolder(folder.resolve("demo"));
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetting setting = DemoSetting.inFolder(demo, end);
      Stages stages =
          new Stages(HOME.resolve("bin/firn"), setting.pipeline(), setting.environment(), console);
      end.add(stages::close);
      Workload workload = Workload.read(HOME.resolve("sample-data"), 3);

      new Demo(workload, setting, stages, console).run(Pace.perSecond(50));
      assertPrinted("capture killed (kill -9) and started again");
      assertPrinted("verify: all 4 tables equal");

      DeliveredFiles files = new DeliveredFiles(demo.path().resolve("raw"));
      files.deliverAgain();
      Object forged = files.forgeRevenue();
      assertEquals(0, stages.start("merge 4", "merge").await(), this::printed);
      assertEquals(3, stages.startForResult("verify", "verify").await(), this::printed);
      assertPrinted("verify: 1 of 4 tables differ");
      assertPrinted("id=" + forged);
    }
  }

  private void assertPrinted(String expected) {
    assertTrue(printed().contains(expected), () -> expected + " in:\n" + printed());
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
