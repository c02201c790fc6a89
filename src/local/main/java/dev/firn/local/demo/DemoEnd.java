package dev.firn.local.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/**
 * Stops everything that a demo started, in reverse order, when the demo is finished or a signal
 * stops it. In the second case the demo's own thread is blocked: its reports of stopped stages
 * would be noise.
 */
final class DemoEnd implements AutoCloseable {

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "end of the demo");

  static DemoEnd alsoOnSignal() {
    DemoEnd end = new DemoEnd();
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  void add(Runnable end) {
    synchronized (ends) {
      ends.push(end);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      waitForEver();
    }
    end();
  }

  private void end() {
    synchronized (ends) {
      while (!ends.isEmpty()) {
        ends.pop().run();
      }
    }
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
