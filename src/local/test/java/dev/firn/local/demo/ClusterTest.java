package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.aws.AwsLocal;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stages as the processes they are in production, and the merge submitted to a real standalone
 * cluster of a master and two workers: the same jar, the stock {@code spark-submit}.
 */
class ClusterTest {

  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

  /** However small a batch is: the executors have to show that they can. */
  private static final String BY_EXECUTORS = "merge: { driver_size: 1kb }\n";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<StageProcess> cluster = new ArrayList<>();
  private Map<String, String> environment = Map.of();

  @Test
  void whatAClusterMergesIsEqualToTheSourceAndMergingAgainChangesNothing(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      mergesOnACluster(folder, setting(new DemoFolder(folder.resolve("demo")), end));
    }
  }

  /** From S3 into Glue's catalog, or where there is no emulator of them from folder to folder. */
  private static DemoSetting setting(DemoFolder demo, DemoEnd end)
      throws IOException, InterruptedException {
    if (!EmulatorInstalled.isThereWithS3()) {
      return DemoSetting.inFolder(demo, end);
    }
    demo.prepare();
    AwsLocal aws =
        AwsLocal.start(HOME.resolve("bin/firn"), demo.aws(), new StageConsole(System.out));
    end.add(aws::close);
    new DemoLake(aws).create();
    return DemoSetting.onAws(demo, aws, end);
  }

  private void mergesOnACluster(Path folder, DemoSetting setting)
      throws IOException, InterruptedException {
    environment = setting.environment();
    Path pipeline = setting.pipeline();
    Files.writeString(pipeline, BY_EXECUTORS, StandardOpenOption.APPEND);
    Workload workload = Workload.read(HOME.resolve("sample-data"), 7);
    workload.createAndLoad(setting.address(), "firn");
    assertEquals(0, firn("capture", "--once", "--config", pipeline.toString()));
    workload.playIncremental(setting.address(), Pace.unlimited(), () -> {});
    assertEquals(0, firn("capture", "--once", "--config", pipeline.toString()));
    if (setting.hasStream()) {
      assertEquals(0, firn("deliver", "--once", "--config", pipeline.toString()));
    }

    assertEquals(0, submit(folder, pipeline), () -> String.join("\n", lines));
    assertEquals(2, executors(folder), "workers that had an executor");
    assertEquals(0, firn("merge", "--config", pipeline.toString()), () -> String.join("\n", lines));
    assertEquals(
        0, firn("verify", "--config", pipeline.toString()), () -> String.join("\n", lines));
  }

  private int firn(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/firn").toString()));
    command.addAll(List.of(arguments));
    return start(arguments[0], command, environment).await();
  }

  private int submit(Path folder, Path pipeline) throws IOException, InterruptedException {
    Path sparkHome = sparkHome(folder);
    String master = "spark://127.0.0.1:" + freePort();
    try {
      startCluster(sparkHome, master);
      List<String> command = java(sparkHome, "org.apache.spark.deploy.SparkSubmit");
      command.addAll(
          List.of(
              "--master",
              master,
              "--class",
              "dev.firn.etl.EtlMain",
              "--conf",
              "spark.executor.memory=600m",
              "--conf",
              "spark.driver.host=127.0.0.1",
              "--conf",
              "spark.driver.bindAddress=127.0.0.1",
              etlJar().toString(),
              "merge",
              "--config",
              pipeline.toString()));
      return start("submit", command, environment(sparkHome)).await();
    } finally {
      cluster.forEach(StageProcess::close);
    }
  }

  private void startCluster(Path sparkHome, String master) {
    List<String> command = java(sparkHome, "org.apache.spark.deploy.master.Master");
    String port = master.substring(master.lastIndexOf(':') + 1);
    command.addAll(List.of("--host", "127.0.0.1", "--port", port, "--webui-port", "0"));
    cluster.add(start("master", command, environment(sparkHome)));
    for (int worker = 1; worker <= 2; worker++) {
      List<String> line = java(sparkHome, "org.apache.spark.deploy.worker.Worker");
      line.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1"));
      line.addAll(List.of("--memory", "1g", "--work-dir", work(sparkHome, worker).toString()));
      line.add(master);
      cluster.add(start("worker " + worker, line, environment(sparkHome)));
    }
  }

  private StageProcess start(String name, List<String> command, Map<String, String> environment) {
    return StageProcess.start(
        name,
        command,
        environment,
        new Output(line -> lines.add(name + " | " + line), line -> lines.add(name + " ! " + line)));
  }

  /** What a Spark distribution is to its scripts: a folder with the jars. */
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
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + HOME.resolve("bin/spark.jvmargs"),
            "-Xmx700m",
            "-cp",
            sparkHome.resolve("jars") + "/*",
            main));
  }

  private Map<String, String> environment(Path sparkHome) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(Map.of("SPARK_HOME", sparkHome.toString(), "SPARK_LOCAL_IP", "127.0.0.1"));
    return all;
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
    return HOME.resolve("src/etl").resolve(System.getProperty("firn.build.folder"));
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
