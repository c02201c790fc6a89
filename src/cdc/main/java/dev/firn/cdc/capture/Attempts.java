package dev.firn.cdc.capture;

import dev.firn.console.Backoff;
import dev.firn.console.Failures;
import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.console.StopSignal;
import dev.firn.source.ConnectionLoss;
import dev.firn.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Attempts to follow the log, repeated when a connection breaks. A failure of the first attempt
 * before it follows the log ends the run, since it is usually a mistake in the configuration. Later
 * only failures that a new connection cannot fix end the run.
 */
final class Attempts {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final StopSignal stop;
  private final Notices notices;
  private final RandomGenerator random;
  private int failures;

  Attempts(StopSignal stop, Notices notices, RandomGenerator random) {
    this.stop = stop;
    this.notices = notices;
    this.random = random;
  }

  /** One attempt, from opening the source to the end of the stream. */
  @FunctionalInterface
  interface Attempt {
    Outcome run(CaptureOptions options) throws IOException, InterruptedException;
  }

  /**
   * The result of an attempt that reached the log.
   *
   * @param failure that ended it early; empty if it ended normally
   */
  record Outcome(CaptureReport report, Optional<RuntimeException> failure) {}

  /**
   * Returns the report of the last attempt; the notices contain the reports of the earlier ones.
   */
  CaptureReport run(Attempt attempt, CaptureOptions options)
      throws IOException, InterruptedException {
    Outcome outcome = attempt.run(options);
    while (outcome.failure().isPresent()) {
      RuntimeException failure = outcome.failure().get();
      if (!ConnectionLoss.isCauseOf(failure)) {
        throw failure;
      }
      if (stopsWaiting(failure, outcome.report())) {
        return outcome.report();
      }
      outcome = again(attempt, options.resumed(), outcome.report());
    }
    return outcome.report();
  }

  private boolean stopsWaiting(RuntimeException failure, CaptureReport report)
      throws InterruptedException {
    Duration wait = BACKOFF.pause(++failures, random);
    notices.warn(
        String.format(
            Locale.ROOT,
            "connection lost: %s; reconnecting in %.1f s (so far: %s)",
            Failures.describe(failure),
            wait.toMillis() / 1000.0,
            report));
    return stop.awaits(wait);
  }

  private Outcome again(Attempt attempt, CaptureOptions options, CaptureReport before)
      throws IOException, InterruptedException {
    try {
      Outcome outcome = attempt.run(options);
      if (outcome.report().acknowledged() > before.acknowledged()) {
        failures = 0;
      }
      return outcome;
    } catch (SourceException | OperatorException e) {
      return new Outcome(before, Optional.of(e));
    }
  }
}
