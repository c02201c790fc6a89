package dev.firn.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an end in good order. The JVM would end with 143 whatever was
 * reached; this halts it with the exit code of the run, and with 130 when the run did not end or
 * took too long.
 */
public final class Shutdown implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  /** For the sentence about a failure, which is printed after the run has ended. */
  private static final long LAST_WORDS_MILLIS = 300;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile int exitCode = ExitCode.INTERRUPTED;

  private Shutdown(StopSignal stop) {
    this.hook = new Thread(() -> end(stop), "shutdown");
  }

  /** From now on Ctrl-C and SIGTERM make this request, and wait for what comes of it. */
  public static Shutdown requesting(StopSignal stop) {
    Shutdown shutdown = new Shutdown(stop);
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** The run ended well; to be said before {@link #close()}. */
  public void succeeded() {
    endedWith(ExitCode.DONE);
  }

  /** The run came to its end, with this to say; to be said before {@link #close()}. */
  public void endedWith(int code) {
    exitCode = code;
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already, and waits for what was just said.
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
