package dev.firn.cdc.capture;

import dev.firn.cdc.source.TableTroubles;
import dev.firn.console.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** Follows the log and shows it to the operator: progress, metrics and the report. */
final class Following {

  private final Streaming streaming;
  private final Snapshots snapshots;
  private final CaptureStatus status;
  private final TableTroubles troubles;
  private final MetricLines metrics;

  Following(
      Streaming streaming,
      Snapshots snapshots,
      CaptureStatus status,
      TableTroubles troubles,
      MetricLines metrics) {
    this.streaming = streaming;
    this.snapshots = snapshots;
    this.status = status;
    this.troubles = troubles;
    this.metrics = metrics;
  }

  /**
   * @param last LSN to follow the log to; if empty, until it is stopped
   * @param beside runs every now and then
   */
  void run(OptionalLong last, Runnable beside) throws IOException, InterruptedException {
    metrics.restart();
    try (Progress progress = Progress.onConsole("capture", "events", status::line)) {
      streaming.run(
          last,
          () -> {
            snapshots.check();
            progress.advance(status.events() - progress.done());
            metrics.tick(status);
            beside.run();
          });
      metrics.tell(status);
    }
  }

  long acknowledged() {
    return streaming.acknowledged();
  }

  long received() {
    return streaming.received();
  }

  CaptureReport report(Duration duration) {
    status.counts().add(snapshots.counts());
    return CaptureReport.of(status.counts(), streaming, duration, troubles.sentences());
  }
}
