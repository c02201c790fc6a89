package dev.firn.cdc.capture;

import dev.firn.console.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A capture that runs beside the test. */
final class Running implements AutoCloseable {

  /** Ends what hangs, and holds nothing to a time: other processes may share the processors. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Looking is work for PostgreSQL, and takes the processor from what is waited for. */
  private static final long LOOK = 2;

  private final StopSignal stop = new StopSignal();
  private final CompletableFuture<CaptureReport> report;
  private Thread thread;

  Running(Function<StopSignal, CaptureReport> capture) {
    this.report =
        CompletableFuture.supplyAsync(
            () -> capture.apply(stop),
            task -> {
              thread = new Thread(task, "capture");
              thread.start();
            });
  }

  /** Ends it immediately: nothing is drained, nothing acknowledged. */
  void kill() {
    Instant deadline = Instant.now().plus(PATIENCE);
    // Whoever is interrupted inside a library may keep it for himself.
    while (!report.isDone() && Instant.now().isBefore(deadline)) {
      thread.interrupt();
      Thread.onSpinWait();
    }
  }

  /** Looks again and again until it is so; fails when it never is. */
  void until(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (report.isCompletedExceptionally()) {
        report.join();
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("It never came to be");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a capture", e);
    }
  }

  CaptureReport stop() {
    stop.request();
    return report.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    if (!report.isDone()) {
      stop();
    }
  }
}
