package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.FirnHome;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole demo with the stages as processes: needs their jars, as {@code mvn verify} has them.
 */
@RunsProcesses
class DemoTest {

  /** A locale with other digits and another decimal separator. */
  private static final Map<String, String> ON_A_MACHINE_OF_EGYPT =
      Map.of(
          "FIRN_JAVA_OPTS",
          "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.language=ar -Duser.country=EG");

  private final Printed printed = new Printed();

  @Test
  void itEndsEqualFilesDeliveredTwiceChangeNothingAndAWrongRowIsFound(@TempDir Path folder)
      throws IOException, InterruptedException {
    DemoFolder demo = new DemoFolder(folder.resolve("demo"));
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetup setup = new DemoSetup(printed.console(), end);
      DemoSetting setting = setup.inFolder(demo);
      Stages stages = setup.stages(setting, ON_A_MACHINE_OF_EGYPT);
      Workload workload = Workload.read(FirnHome.sampleData(), 3);

      new Demo(workload, setting, stages, printed.console()).run(Pace.perSecond(50));
      printed.assertHas("capture killed (kill -9) and started again");
      printed.assertHas("verify: all 4 tables equal");

      DeliveredFiles files = new DeliveredFiles(demo.path().resolve("raw"));
      files.deliverAgain();
      Object forged = files.forgeRevenue();
      assertEquals(0, stages.start("merge 4", "merge").await(), printed::toString);
      assertEquals(3, stages.startForResult("verify", "verify").await(), printed::toString);
      printed.assertHas("verify: 1 of 4 tables differ");
      printed.assertHas("id=" + forged);
    }
  }
}
