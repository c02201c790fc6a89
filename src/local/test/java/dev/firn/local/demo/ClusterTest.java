package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import dev.firn.testing.RunsProcesses;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stages as the processes they are in production, and the merge submitted to a real standalone
 * cluster of a master and two workers: the same jar, the stock {@code spark-submit}.
 */
@RunsProcesses
class ClusterTest {

  /** For any size of batch, so that the executors are used. */
  private static final String BY_EXECUTORS = "merge: { driver_size: 1kb }\n";

  /** Each of these processes lives for seconds, and six run at the same time. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Printed printed = new Printed();
  private final List<StageProcess> cluster = new ArrayList<>();

  @Test
  void whatAClusterMergesIsEqualToTheSourceAndMergingAgainChangesNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetup setup = new DemoSetup(printed.console(), end);
      DemoSetting setting = setting(setup, new DemoFolder(folder.resolve("demo")));
      mergesOnACluster(folder, setting, setup.stages(setting));
    }
  }

  /** From S3 into Glue's catalog, or without an emulator from folder to folder. */
  private static DemoSetting setting(DemoSetup setup, DemoFolder demo)
      throws IOException, InterruptedException {
    return EmulatorInstalled.isThereWithS3() ? setup.onAws(demo) : setup.inFolder(demo);
  }

  private void mergesOnACluster(Path folder, DemoSetting setting, Stages stages)
      throws IOException, InterruptedException {
    Files.writeString(setting.pipeline(), BY_EXECUTORS, StandardOpenOption.APPEND);
    Workload workload = Workload.read(FirnHome.sampleData(), 7);
    workload.createAndLoad(setting.address(), setting.source().publication());
    assertEndsWell(stages.start("capture", "capture", "--once"));
    workload.playIncremental(setting.address(), Pace.unlimited(), () -> {});
    assertEndsWell(stages.start("capture", "capture", "--once"));
    if (setting.hasStream()) {
      assertEndsWell(stages.start("deliver", "deliver", "--once"));
    }

    submit(folder, setting);
    assertEquals(2, executors(folder), "workers that had an executor");
    assertEndsWell(stages.start("merge", "merge"));
    assertEndsWell(stages.start("verify", "verify"));
  }

  private void assertEndsWell(StageProcess process) throws InterruptedException {
    assertEquals(0, process.await(), printed::toString);
  }

  private void submit(Path folder, DemoSetting setting) throws IOException, InterruptedException {
    Path sparkHome = sparkHome(folder);
    Map<String, String> environment = new HashMap<>(setting.environment());
    environment.putAll(Map.of("SPARK_HOME", sparkHome.toString(), "SPARK_LOCAL_IP", "127.0.0.1"));
    String master = "spark://127.0.0.1:" + freePort();
    try {
      startCluster(sparkHome, master, environment);
      List<String> command = java(sparkHome, "org.apache.spark.deploy.SparkSubmit");
      command.addAll(
          List.of(
              "--master",
              master,
              "--class",
              "dev.firn.etl.run.EtlMain",
              "--conf",
              "spark.executor.memory=600m",
              "--conf",
              "spark.executor.extraJavaOptions=" + String.join(" ", SHORT_LIVED),
              "--conf",
              "spark.driver.host=127.0.0.1",
              "--conf",
              "spark.driver.bindAddress=127.0.0.1",
              etlJar().toString(),
              "merge",
              "--config",
              setting.pipeline().toString()));
      assertEndsWell(start("submit", command, environment));
    } finally {
      cluster.forEach(StageProcess::close);
    }
  }

  private void startCluster(Path sparkHome, String master, Map<String, String> environment) {
    List<String> command = java(sparkHome, "org.apache.spark.deploy.master.Master");
    String port = master.substring(master.lastIndexOf(':') + 1);
    command.addAll(List.of("--host", "127.0.0.1", "--port", port, "--webui-port", "0"));
    cluster.add(start("master", command, environment));
    for (int worker = 1; worker <= 2; worker++) {
      List<String> line = java(sparkHome, "org.apache.spark.deploy.worker.Worker");
      line.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1"));
      line.addAll(List.of("--memory", "1g", "--work-dir", work(sparkHome, worker).toString()));
      line.add(master);
      cluster.add(start("worker " + worker, line, environment));
    }
  }

  private StageProcess start(String name, List<String> command, Map<String, String> environment) {
    return StageProcess.start(
        name,
        command,
        environment,
        new Output(
            line -> printed.console().print(name, line),
            line -> printed.console().print(name, line)));
  }

  /** A minimal Spark distribution for its scripts: a folder with the jars. */
  private static Path sparkHome(Path folder) throws IOException {
    Path sparkHome = folder.resolve("spark");
    Path jars = Files.createDirectories(sparkHome.resolve("jars"));
    String classPath = Files.readString(etlBuild().resolve("classpath")).trim();
    for (String jar : classPath.split(File.pathSeparator, -1)) {
      if (!jar.contains("firn-")) {
        Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
      }
    }
    return sparkHome;
  }

  private static List<String> java(Path sparkHome, String main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + FirnHome.folder().resolve("bin/spark.jvmargs"));
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-Xmx700m", "-cp", sparkHome.resolve("jars") + "/*", main));
    return command;
  }

  private static Path work(Path sparkHome, int worker) {
    return sparkHome.resolve("work-" + worker);
  }

  /** On how many of the workers the application had an executor. */
  private static long executors(Path folder) throws IOException {
    long found = 0;
    for (int worker = 1; worker <= 2; worker++) {
      try (Stream<Path> applications = Files.list(work(folder.resolve("spark"), worker))) {
        found +=
            applications.filter(path -> path.getFileName().toString().startsWith("app-")).count();
      }
    }
    return found;
  }

  private static Path etlBuild() {
    return FirnHome.folder().resolve("src/etl").resolve(System.getProperty("firn.build.folder"));
  }

  private static Path etlJar() throws IOException {
    try (Stream<Path> files = Files.list(etlBuild())) {
      return files
          .filter(
              path -> path.getFileName().toString().matches("firn-etl-[0-9].*(?<!-tests)\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
