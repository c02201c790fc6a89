package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.aws.FaultyAws;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each stage on an AWS whose network to Kinesis, S3 and Glue fails at random, and where commits
 * often conflict. A stage may give up; it is then restarted, as a scheduler would do, and in the
 * end the lake equals the source.
 */
@RunsProcesses
class AwsFaultsTest {

  private static final long SEED = Long.getLong("firn.seed", 1);

  /** How often a stage is started before the test gives up. */
  private static final int RUNS = 4;

  private final Printed printed = new Printed();

  @Test
  void theLakeEqualsTheSourceWhateverCallsAreLost(@TempDir Path folder)
      throws IOException, InterruptedException {
    EmulatorInstalled.assumeWithS3();
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetup setup = new DemoSetup(printed.console(), end);
      DemoSetting setting = setup.onAws(new DemoFolder(folder.resolve("demo")));
      URI url = URI.create(setting.environment().get("AWS_ENDPOINT_URL"));
      FaultyAws network = FaultyAws.before(url, SEED);
      end.add(network::close);
      Stages faulty = setup.stages(setting, Map.of("AWS_ENDPOINT_URL", network.url()));
      Workload workload = Workload.read(FirnHome.sampleData(), SEED);

      workload.createAndLoad(setting.address(), setting.source().publication());
      carry(faulty);
      workload.playIncremental(setting.address(), Pace.unlimited(), () -> {});
      carry(faulty);

      Stages sound = setup.stages(setting);
      assertEquals(0, sound.startForResult("verify", "verify").await(), printed::toString);
      assertEquals(Set.of(FaultyAws.Fault.values()), network.faults().keySet(), "that happened");
      assertNoneIsArchived(network.commits());
    }
  }

  // Otherwise Glue keeps a version of the table for each commit, until it reaches its limit.
  private static void assertNoneIsArchived(List<String> commits) {
    for (String commit : commits) {
      assertTrue(commit.contains("\"SkipArchive\":true"), commit);
    }
  }

  private void carry(Stages stages) throws InterruptedException {
    untilDone(stages, "capture", "--once");
    untilDone(stages, "deliver", "--once");
    untilDone(stages, "merge");
  }

  private void untilDone(Stages stages, String verb, String... options)
      throws InterruptedException {
    int code = 1;
    for (int run = 0; run < RUNS && code != 0; run++) {
      code = stages.start(verb, verb, options).await();
    }
    assertEquals(0, code, () -> "seed " + SEED + "\n" + printed);
  }
}
