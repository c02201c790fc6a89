package dev.firn.local.demo;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The incremental phase, played while the stages work. Its last quarter waits until it is released,
 * and so does its last tenth, so that on any machine the second merge runs while the workload
 * writes, and the third merge has data.
 */
final class BackgroundWorkload implements AutoCloseable {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Void> halfWay = new CompletableFuture<>();
  private final CompletableFuture<Void> lastQuarter = new CompletableFuture<>();
  private final CompletableFuture<Void> lastTenth = new CompletableFuture<>();
  private final AtomicInteger played = new AtomicInteger();
  private final Workload workload;
  private final Future<?> end;

  BackgroundWorkload(Workload workload, DatabaseAddress address, Pace pace) {
    this.workload = workload;
    this.end = thread.submit(() -> play(address, pace), null);
  }

  int played() {
    return played.get();
  }

  /** Waits until half of it is played, or the concurrent merge has failed. */
  void awaitHalf(StageProcess merge) throws InterruptedException {
    await(CompletableFuture.anyOf(halfWay, merge.end()));
    if (!merge.isAlive()) {
      merge.awaitSuccess();
    }
    await(halfWay);
  }

  void releaseLastQuarter() {
    lastQuarter.complete(null);
  }

  void releaseLastTenth() {
    lastTenth.complete(null);
  }

  void awaitEnd() throws InterruptedException {
    await(end);
  }

  @Override
  public void close() {
    releaseLastQuarter();
    releaseLastTenth();
    thread.shutdownNow();
  }

  private void play(DatabaseAddress address, Pace pace) {
    try {
      workload.playIncremental(address, pace, this::count);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      halfWay.complete(null); // A failed workload has no waiters; its end reports why.
    }
  }

  private void count() {
    int done = played.incrementAndGet();
    int all = workload.incrementalTransactions();
    if (done == all / 2) {
      halfWay.complete(null);
    } else if (done == all * 3 / 4) {
      lastQuarter.join();
    } else if (done == all * 9 / 10) {
      lastTenth.join();
    }
  }

  private static void await(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot finish the workload", e.getCause());
    }
  }
}
