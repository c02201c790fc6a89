package dev.firn.bench.merge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process with the class path of one engine, controlled by lines on its standard input. */
final class WorkerProcess implements AutoCloseable {

  private static final String MAIN = "dev.firn.bench.merge.worker.WorkerMain";
  private static final String OK = "ok ";

  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.log = log;
  }

  static WorkerProcess start(Entrant.Engine engine, Settings settings) {
    Path log = settings.work().resolve(engine + ".log");
    try {
      Process process =
          new ProcessBuilder(command(engine, settings))
              .redirectError(Redirect.appendTo(log.toFile()))
              .start();
      return new WorkerProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start contenders of " + engine, e);
    }
  }

  private static List<String> command(Entrant.Engine engine, Settings settings) throws IOException {
    Path bin = settings.home().resolve("bin");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + bin.resolve("spark.jvmargs"));
    command.addAll(javaOptions(engine));
    command.add("-Dlog4j2.configurationFile=" + bin.resolve("log4j2.properties"));
    command.addAll(List.of("-cp", classPath(engine, settings.home().resolve("src/bench-merge"))));
    command.addAll(List.of(MAIN, settings.home().toString(), engine.name()));
    return command;
  }

  private static List<String> javaOptions(Entrant.Engine engine) {
    // A collector for throughput: with the JDK's default every contender uses more CPU.
    return List.of(
        "-Xmx" + engine.heap(),
        "-XX:+UseParallelGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Duser.timezone=UTC");
  }

  // Firn's class path is that of its users; each of the others has a module that lists its own.
  private static String classPath(Entrant.Engine engine, Path module) throws IOException {
    Path list =
        switch (engine) {
          case ICEBERG -> module.resolve("target/classpath");
          case DELTA -> module.resolve("delta/target/classpath");
          case HUDI -> module.resolve("hudi/target/classpath");
        };
    return module.resolve("target/classes") + ":" + Files.readString(list).strip();
  }

  /** Executes a command and returns the answer. */
  String tell(String command) {
    try {
      commands.println(command);
      String answer = answers.readLine();
      if (answer == null) {
        process.destroyForcibly().onExit().join();
        throw new WorkerException("its process exited, see " + log.getFileName());
      }
      if (!answer.startsWith(OK)) {
        throw new WorkerException(answer);
      }
      return answer.substring(OK.length());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot send command to contender: " + command, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    commands.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
