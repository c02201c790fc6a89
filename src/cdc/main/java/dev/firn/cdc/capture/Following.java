package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.source.Source;
import dev.firn.console.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** The part of a run that follows the log, seen by a person: its progress and its report. */
final class Following {

  private final Streaming streaming;
  private final Snapshots snapshots;
  private final EventOutput output;
  private final Source source;
  private final MetricLines metrics;

  Following(
      Streaming streaming,
      Snapshots snapshots,
      EventOutput output,
      Source source,
      MetricLines metrics) {
    this.streaming = streaming;
    this.snapshots = snapshots;
    this.output = output;
    this.source = source;
    this.metrics = metrics;
  }

  /**
   * @param beside is run now and then
   */
  void run(End end, Runnable beside) throws IOException, InterruptedException {
    OptionalLong last =
        end == End.WHEN_CAUGHT_UP ? OptionalLong.of(source.barrier()) : OptionalLong.empty();
    CaptureStatus status = new CaptureStatus(streaming, output, source);
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

  CaptureReport report(Duration duration) {
    output.counts().add(snapshots.counts());
    return CaptureReport.of(output.counts(), streaming, duration);
  }
}
