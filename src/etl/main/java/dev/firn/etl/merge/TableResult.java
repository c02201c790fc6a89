package dev.firn.etl.merge;

import dev.firn.console.Failures;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.EventCounts;
import java.util.List;
import java.util.Optional;

/** The outcome of one table's merge: its report, and the failure if there was one. */
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

  /**
   * The remedy for failures of the JVM itself; other failures carry their remedy in their message.
   */
  private static Optional<String> remedy(Throwable failure) {
    if (hasCause(failure, OutOfMemoryError.class)) {
      return Optional.of(
          "Give the run more memory (FIRN_JAVA_OPTS=-Xmx8g, larger workers on Glue), or merge fewer"
              + " tables at a time (merge.parallel_tables).");
    }
    if (hasCause(failure, StackOverflowError.class)) {
      return Optional.of(
          "Give its threads a larger stack (FIRN_JAVA_OPTS=-Xss8m); if that does not help, report a bug.");
    }
    if (hasCause(failure, LinkageError.class)) {
      return Optional.of(
          "Use the jar of Firn that matches the engine: one is for Glue 6.0, the other for Glue 5.1.");
    }
    return Optional.empty();
  }

  // Spark passes a task's error on only as text inside its own exception.
  private static boolean hasCause(Throwable failure, Class<? extends Error> kind) {
    return Failures.causes(failure).stream()
        .anyMatch(
            cause ->
                kind.isInstance(cause)
                    || String.valueOf(cause.getMessage()).contains(kind.getName()));
  }
}
