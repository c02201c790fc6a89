package dev.firn.delivery.read;

import dev.firn.console.Failures;
import dev.firn.console.Notices;
import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Waits for an answer, and retries failures that may be temporary. */
final class PatientCall {

  private final String stream;
  private final StopSignal stop;
  private final Notices notices;
  private final Clocks clocks;

  PatientCall(String stream, StopSignal stop, Notices notices, Clocks clocks) {
    this.stream = stream;
    this.stop = stop;
    this.notices = notices;
    this.clocks = clocks;
  }

  <T> T answer(Supplier<CompletableFuture<T>> call) throws InterruptedException {
    FailureStreak failures = new FailureStreak(clocks);
    while (true) {
      try {
        return call.get().get();
      } catch (ExecutionException e) {
        Throwable failure = ReadFailures.cause(e);
        if (!ReadFailures.isPassing(failure) || failures.isExhausted()) {
          throw ReadFailures.describe(failure, stream);
        }
        notices.warn("retrying the Kinesis request: " + Failures.describe(failure));
        if (stop.awaits(failures.failed())) {
          throw new InterruptedException("Stopped before stream " + stream + " answered");
        }
      }
    }
  }
}
