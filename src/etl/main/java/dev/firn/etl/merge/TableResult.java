package dev.firn.etl.merge;

import dev.firn.console.Failures;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.EventCounts;
import java.util.List;
import java.util.Optional;

/** How one table's merge ended: with its report, and the failure if there was one. */
public record TableResult(TableReport report, Optional<Throwable> failure) {

  static TableResult of(TableReport report) {
    return new TableResult(report, Optional.empty());
  }

  static TableResult failed(TableToken table, Throwable failure) {
    TableReport report =
        new TableReport(
            table.value(),
            "failed",
            0,
            0,
            0,
            0,
            EventCounts.NONE,
            Effort.NONE,
            List.of(
                remedy(failure)
                    .map(
                        remedy ->
                            "Cannot merge table %s: %s. %s"
                                .formatted(table, Failures.describe(failure), remedy))
                    .orElseGet(() -> Failures.describe(failure))));
    return new TableResult(report, Optional.of(failure));
  }

  /** What helps where the Java machine itself gave up; the failure's sentence has the rest. */
  private static Optional<String> remedy(Throwable failure) {
    if (hasCause(failure, OutOfMemoryError.class)) {
      return Optional.of(
          "Give the run more memory (FIRN_JAVA_OPTS=-Xmx8g, larger workers on Glue), or merge fewer"
              + " tables at a time (merge.parallel_tables).");
    }
    if (hasCause(failure, StackOverflowError.class)) {
      return Optional.of(
          "Give its threads more room (FIRN_JAVA_OPTS=-Xss8m); if that does not help, report it.");
    }
    if (hasCause(failure, LinkageError.class)) {
      return Optional.of(
          "The jar of Firn has to fit the engine: there is one for Glue 6.0 and one for Glue 5.1.");
    }
    return Optional.empty();
  }

  // Spark hands on a task's error as the text of its own.
  private static boolean hasCause(Throwable failure, Class<? extends Error> kind) {
    return Failures.causes(failure).stream()
        .anyMatch(
            cause ->
                kind.isInstance(cause)
                    || String.valueOf(cause.getMessage()).contains(kind.getName()));
  }
}
