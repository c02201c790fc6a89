package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.aws.AwsLocal;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.aws.FaultyAws;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each stage on an AWS whose network fails now and then: Kinesis, S3 and Glue alike. A stage may
 * give up; it is then run again, as a scheduler would, and in the end the lake equals the source.
 */
class AwsFaultsTest {

  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
  private static final long SEED = Long.getLong("firn.seed", 1);

  /** How often a stage is started before the test gives up. */
  private static final int RUNS = 4;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final StageConsole console =
      new StageConsole(new PrintStream(output, true, StandardCharsets.UTF_8));

  @Test
  void whateverIsLostOnTheWayTheLakeEndsEqual(@TempDir Path folder)
      throws IOException, InterruptedException {
    EmulatorInstalled.assumeWithS3();
    DemoFolder demo = new DemoFolder(folder.resolve("demo"));
    demo.prepare();
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      AwsLocal aws = AwsLocal.start(HOME.resolve("bin/firn"), demo.aws(), console);
      end.add(aws::close);
      new DemoLake(aws).create();
      DemoSetting setting = DemoSetting.onAws(demo, aws, end);
      URI url = URI.create(aws.environment().get("AWS_ENDPOINT_URL"));
      FaultyAws network = FaultyAws.before(url, SEED);
      end.add(network::close);
      Stages faulty = stages(setting, end, Map.of("AWS_ENDPOINT_URL", network.url()));
      Workload workload = Workload.read(HOME.resolve("sample-data"), SEED);

      workload.createAndLoad(setting.address(), setting.source().publication());
      carry(faulty);
      workload.playIncremental(setting.address(), Pace.unlimited(), () -> {});
      carry(faulty);

      Stages sound = stages(setting, end, Map.of());
      assertEquals(0, sound.startForResult("verify", "verify").await(), this::printed);
      assertEquals(Set.of(FaultyAws.Fault.values()), network.faults().keySet(), "that happened");
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
    assertEquals(0, code, () -> "seed " + SEED + "\n" + printed());
  }

  private Stages stages(DemoSetting setting, DemoEnd end, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.putAll(more);
    Stages stages = new Stages(HOME.resolve("bin/firn"), setting.pipeline(), environment, console);
    end.add(stages::close);
    return stages;
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
