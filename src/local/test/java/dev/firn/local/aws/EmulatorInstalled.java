package dev.firn.local.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** For tests on the emulator of AWS: if it cannot be installed they are skipped, and report why. */
public final class EmulatorInstalled {

  private EmulatorInstalled() {}

  public static void assume() throws IOException, InterruptedException {
    String failure = install();
    assumeTrue(failure.isEmpty(), failure);
  }

  /** For tests in which {@code merge} reads S3 too. */
  public static void assumeWithS3() throws IOException, InterruptedException {
    assumeTrue(
        hasS3(),
        "The S3A of Spark 3.5 needs the AWS SDK 1: raw files on S3 are for Glue 5.1 itself there");
    assume();
  }

  public static boolean isThereWithS3() throws IOException, InterruptedException {
    return hasS3() && install().isEmpty();
  }

  private static boolean hasS3() {
    return !System.getProperty("firn.build.folder").contains("glue-5.1");
  }

  /**
   * Returns the error; empty if the emulator is installed. One class at a time, since two
   * installations would collide.
   */
  private static synchronized String install() throws IOException, InterruptedException {
    Process install =
        new ProcessBuilder("bash", "aws/aws-local.sh", "install").redirectErrorStream(true).start();
    String said = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return install.waitFor() == 0 ? "" : said.strip();
  }
}
