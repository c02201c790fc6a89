package dev.firn.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a clean shutdown. By default the JVM would exit with code 143
 * whatever the run had reached. This class halts it with the exit code of the run, or with 130 if
 * the run did not end in time.
 */
public final class Shutdown implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  /** Time for printing the failure, which happens after the run has ended. */
  private static final long LAST_WORDS_MILLIS = 300;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile int exitCode = ExitCode.INTERRUPTED;

  private Shutdown(StopSignal stop) {
    this.hook = new Thread(() -> end(stop), "shutdown");
  }

  /** From now on Ctrl-C and SIGTERM make this request, and wait for the run to end. */
  public static Shutdown requesting(StopSignal stop) {
    Shutdown shutdown = new Shutdown(stop);
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** Records that the run succeeded; call it before {@link #close()}. */
  public void succeeded() {
    endedWith(ExitCode.DONE);
  }

  /** Records that the run ended with this exit code; call it before {@link #close()}. */
  public void endedWith(int code) {
    exitCode = code;
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is already running, and waits for the exit code that was just recorded.
    }
  }

  private void end(StopSignal stop) {
    stop.request();
    boolean inTime = false;
    try {
      inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (exitCode != ExitCode.DONE) {
        TimeUnit.MILLISECONDS.sleep(LAST_WORDS_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(inTime ? exitCode : ExitCode.INTERRUPTED);
  }
}
