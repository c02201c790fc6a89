package dev.firn.local.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A stage that runs as a separate process; its lines are forwarded as they arrive. */
public final class StageProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final List<Thread> readers;

  private StageProcess(String name, Process process, List<Thread> readers) {
    this.name = name;
    this.process = process;
    this.readers = readers;
  }

  /** Receives the lines of a process. */
  public record Output(Consumer<String> out, Consumer<String> err) {}

  /**
   * @param environment in addition to this process's own; a variable without a value is removed
   */
  public static StageProcess start(
      String name, List<String> command, Map<String, String> environment, Output output) {
    ProcessBuilder builder = new ProcessBuilder(command);
    environment.forEach(
        (variable, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(variable);
          } else {
            builder.environment().put(variable, value);
          }
        });
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread out = reader(name, process.getInputStream(), output.out());
      Thread err = reader(name, process.getErrorStream(), output.err());
      return new StageProcess(name, process, List.of(out, err));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name + ": " + command, e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes when it has ended. */
  public CompletableFuture<?> end() {
    return process.onExit();
  }

  /** Waits for its end and its last line; returns the exit code. */
  public int await() throws InterruptedException {
    int code = process.waitFor();
    for (Thread reader : readers) {
      reader.join();
    }
    return code;
  }

  /**
   * Waits for its end.
   *
   * @throws StageFailedException unless the exit code is 0
   */
  public void awaitSuccess() throws InterruptedException {
    int code = await();
    if (code != 0) {
      throw new StageFailedException(name, code);
    }
  }

  /** Asks it to stop (SIGTERM) and waits for it. */
  public int stop() throws InterruptedException {
    terminate();
    return await();
  }

  /** Kills it without warning (SIGKILL). */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    await();
  }

  /** Stops it if it still runs: asks first, then kills it. */
  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.toHandle().destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  // By its handle, here as where it is killed: Process.destroy() and destroyForcibly() close the
  // streams too, so that its last lines would be lost and a reader could find its stream closed.
  private void terminate() {
    process.toHandle().destroy();
  }

  private static Thread reader(String name, InputStream stream, Consumer<String> lines) {
    Thread thread = new Thread(() -> handOn(stream, lines), "output of " + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void handOn(InputStream stream, Consumer<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      lines.accept("(its output was interrupted: " + e.getMessage() + ")");
    }
  }
}
