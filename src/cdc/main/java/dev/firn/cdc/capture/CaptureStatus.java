package dev.firn.cdc.capture;

import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.output.OutputCounts;
import dev.firn.cdc.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far a running capture is, in one line. */
final class CaptureStatus {

  private final Streaming streaming;
  private final EventOutput output;
  private final Source source;
  private final Clock clock = Clock.systemUTC();
  private final long begun = System.nanoTime();

  CaptureStatus(Streaming streaming, EventOutput output, Source source) {
    this.streaming = streaming;
    this.output = output;
    this.source = source;
  }

  String line() {
    double seconds = Math.max(0.001, (System.nanoTime() - begun) / 1e9);
    return ", %.1f MB/s, %,d bytes and %,d s behind, %,d events on the way"
        .formatted(
            output.counts().bytes() / seconds / 1e6, bytesBehind(), secondsBehind(), onTheWay());
  }

  long events() {
    return output.counts().events();
  }

  OutputCounts counts() {
    return output.counts();
  }

  /** Log that the source keeps for this capture. */
  long bytesBehind() {
    return source.bytesSince(streaming.acknowledged());
  }

  /** Age of the last transaction that was read, while any of it is on the way; else 0. */
  long secondsBehind() {
    if (streaming.isIdle() || streaming.completeAt().equals(Instant.EPOCH)) {
      return 0;
    }
    return Math.max(0, Duration.between(streaming.completeAt(), clock.instant()).toSeconds());
  }

  long onTheWay() {
    return output.onTheWay();
  }
}
