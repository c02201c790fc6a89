package dev.firn.local.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** For tests on the emulator of AWS: where it cannot be installed they are skipped, and say why. */
public final class EmulatorInstalled {

  private EmulatorInstalled() {}

  public static void assume() throws IOException, InterruptedException {
    Process install =
        new ProcessBuilder("bash", "aws/aws-local.sh", "install").redirectErrorStream(true).start();
    String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(install.waitFor() == 0, said.strip());
  }
}
