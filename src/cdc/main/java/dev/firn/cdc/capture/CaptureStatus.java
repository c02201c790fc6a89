package dev.firn.cdc.capture;

import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.output.OutputCounts;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.contract.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The progress of a running capture, in one line. */
final class CaptureStatus {

  private final Streaming streaming;
  private final EventOutput output;
  private final Source source;
  private final TableTroubles troubles;
  private final Clocks clocks = Clocks.SYSTEM;
  private final long begun = clocks.tick();

  CaptureStatus(Streaming streaming, EventOutput output, Source source, TableTroubles troubles) {
    this.streaming = streaming;
    this.output = output;
    this.source = source;
    this.troubles = troubles;
  }

  String line() {
    double seconds = Math.max(0.001, clocks.since(begun).toMillis() / 1000.0);
    return String.format(
            Locale.ROOT,
            ", %.1f MB/s, lag %,d bytes and %,d s, %,d events in flight",
            output.counts().bytes() / seconds / 1e6,
            bytesBehind(),
            secondsBehind(),
            onTheWay())
        + decisions();
  }

  private String decisions() {
    List<String> tables = troubles.tokens();
    return tables.isEmpty() ? "" : ", need a decision: " + String.join(", ", tables);
  }

  /** How many tables need a decision. */
  long troubled() {
    return troubles.tokens().size();
  }

  long events() {
    return output.counts().events();
  }

  OutputCounts counts() {
    return output.counts();
  }

  /** Bytes of WAL that the source keeps for this capture. */
  long bytesBehind() {
    return source.bytesSince(streaming.acknowledged());
  }

  /**
   * Age of the last transaction that was read, while any of its events is in flight; otherwise 0.
   */
  long secondsBehind() {
    if (streaming.isIdle() || streaming.completeAt().equals(Instant.EPOCH)) {
      return 0;
    }
    return Math.max(
        0, Duration.between(streaming.completeAt(), clocks.wall().instant()).toSeconds());
  }

  long onTheWay() {
    return output.onTheWay();
  }
}
