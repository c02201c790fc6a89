package dev.firn.cdc.capture;

import dev.firn.cdc.output.OutputCounts;
import dev.firn.console.DecisionException;
import dev.firn.contract.Operation;
import dev.firn.source.Lsn;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run of capture did.
 *
 * @param bytes of the events, uncompressed
 * @param way in which the events were written, as text for people
 * @param transactions that had events
 * @param acknowledged LSN up to which the source may remove WAL
 * @param decisions a sentence about each table that needs one
 */
public record CaptureReport(
    Map<Operation, Long> events,
    long bytes,
    String way,
    long transactions,
    long acknowledged,
    Duration duration,
    List<String> decisions) {

  public CaptureReport {
    events = Map.copyOf(events);
    decisions = List.copyOf(decisions);
  }

  static CaptureReport of(
      OutputCounts counts, Streaming streaming, Duration duration, List<String> decisions) {
    Map<Operation, Long> events = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      events.put(operation, counts.events(operation));
    }
    return new CaptureReport(
        events,
        counts.bytes(),
        way(counts),
        streaming.transactions(),
        streaming.acknowledged(),
        duration,
        decisions);
  }

  /** The failure to exit with if a table needs a decision: everything else was captured. */
  public Optional<DecisionException> decision() {
    if (decisions.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        decisions.size() == 1
            ? new DecisionException(
                "The other tables were captured", "One table needs a decision: " + decisions.get(0))
            : new DecisionException(
                "The other tables were captured",
                decisions.size()
                    + " tables need a decision:\n  - "
                    + String.join("\n  - ", decisions)));
  }

  public long total() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String toString() {
    double seconds = Math.max(0.001, duration.toMillis() / 1000.0);
    return String.format(
        Locale.ROOT,
        "capture: %s events (%s), %s, %s transactions, acknowledged %s, %.1f s,"
            + " %,.0f events/s, %.1f MB/s",
        total(),
        Arrays.stream(Operation.values())
            .map(operation -> events.get(operation) + " " + operation.code())
            .collect(Collectors.joining(", ")),
        way,
        transactions,
        Lsn.format(acknowledged),
        seconds,
        total() / seconds,
        bytes / seconds / 1e6);
  }

  private static String way(OutputCounts counts) {
    if (counts.requests() == 0) {
      return counts.files() + " files";
    }
    return "%s requests, %s records sent again, %s oversize rows straight to raw"
        .formatted(counts.requests(), counts.sentAgain(), counts.oversize());
  }
}
