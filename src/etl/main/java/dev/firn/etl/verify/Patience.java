package dev.firn.etl.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The time that is left to wait, for everything that is waited for together. */
final class Patience {

  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(10);

  private final Clock clock;
  private final Instant end;
  private final Consumer<String> listener;

  /**
   * @param listener told what is waited for, at once and again from time to time
   */
  Patience(Clock clock, Duration time, Consumer<String> listener) {
    this.clock = clock;
    this.end = clock.instant().plus(time);
    this.listener = listener;
  }

  /** Asks until the answer is yes or the time is over; answers which it was. */
  boolean await(BooleanSupplier question, Supplier<String> message) throws InterruptedException {
    Instant told = Instant.MIN;
    while (!question.getAsBoolean()) {
      Instant now = clock.instant();
      if (!now.isBefore(end)) {
        return false;
      }
      if (told.isBefore(now.minus(BETWEEN_MESSAGES))) {
        told = now;
        listener.accept(message.get());
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
    }
    return true;
  }
}
