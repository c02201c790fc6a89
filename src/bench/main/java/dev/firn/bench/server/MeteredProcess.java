package dev.firn.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process whose output goes to a file and whose resource usage is measured until it ends. */
public final class MeteredProcess implements AutoCloseable {

  private static final long LOOK_MILLIS = 20;
  private static final int GRACE_SECONDS = 10;

  private final Process process;
  private final Path log;
  private final BenchDatabase database;
  private final long begun = System.nanoTime();
  private final double serverBefore;

  private MeteredProcess(Process process, Path log, BenchDatabase database) {
    this.process = process;
    this.log = log;
    this.database = database;
    this.serverBefore = database.cpuSeconds();
  }

  /** The output and resource usage of a process. */
  public record Ended(String output, Usage usage) {}

  /**
   * @param environment in addition to this process's own
   * @param log is overwritten
   */
  public static MeteredProcess start(
      List<String> command, Map<String, String> environment, Path log, BenchDatabase database) {
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      return new MeteredProcess(builder.start(), log, database);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start process: " + command, e);
    }
  }

  /** Waits for its end, and fails unless the exit code is 0. */
  public Ended await() {
    double cpu = 0;
    long peak = 0;
    while (!hasEnded()) {
      cpu = Math.max(cpu, ProcessTable.cpuSeconds(pid()));
      peak = Math.max(peak, ProcessTable.peakResident(pid()));
    }
    double wall = (System.nanoTime() - begun) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "Cannot measure: the process exited with code %d: %s:%n%s"
              .formatted(process.exitValue(), log, output()));
    }
    return new Ended(output(), new Usage(wall, cpu, database.cpuSeconds() - serverBefore, peak));
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its output so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read output: " + log, e);
    }
  }

  /** Asks it to stop (SIGTERM); kills it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasEnded() {
    try {
      return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped", e);
    }
  }
}
