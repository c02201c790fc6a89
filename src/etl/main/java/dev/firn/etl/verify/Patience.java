package dev.firn.etl.verify;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The time limit that all waits of a verification share. */
final class Patience {

  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private final long end;
  private final Consumer<String> listener;

  /**
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   * @param listener receives a message about the wait, at once and then at intervals
   */
  Patience(LongSupplier nanos, Duration time, Consumer<String> listener) {
    this.nanos = nanos;
    this.end = nanos.getAsLong() + time.toNanos();
    this.listener = listener;
  }

  /** Asks until the answer is yes (true) or the time is up (false). */
  boolean await(BooleanSupplier question, Supplier<String> message) throws InterruptedException {
    long nextMessage = nanos.getAsLong();
    while (!question.getAsBoolean()) {
      long now = nanos.getAsLong();
      if (now - end >= 0) {
        return false;
      }
      if (now - nextMessage >= 0) {
        nextMessage = now + BETWEEN_MESSAGES.toNanos();
        listener.accept(message.get());
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
    }
    return true;
  }
}
