package dev.firn.cdc.snapshot;

import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.output.OutputCounts;
import dev.firn.cdc.output.Outputs;
import dev.firn.cdc.source.SnapshotSession;
import dev.firn.cdc.source.Source;
import dev.firn.console.Logs;
import dev.firn.console.Progress;
import dev.firn.console.StopSignal;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.fault.Failpoint;
import dev.firn.pipeline.PipelineConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions that copy ranges in parallel, each with a separate output. */
final class CopySessions {

  private static final Logger LOG = LoggerFactory.getLogger(CopySessions.class);
  private static final int MOST = 4;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final PipelineConfig config;
  private final Outputs outputs;
  private final StopSignal stop;
  private final OutputCounts counts;

  /** Set if one session fails, to end the others. */
  private final StopSignal failed = new StopSignal();

  CopySessions(PipelineConfig config, Outputs outputs, StopSignal stop, OutputCounts counts) {
    this.config = config;
    this.outputs = outputs;
    this.stop = stop;
    this.counts = counts;
  }

  void run(Queue<RangeCopy> ranges, Source source, CopyRecords records)
      throws IOException, InterruptedException {
    int sessions =
        Math.min(ranges.size(), Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, sessions), task -> new Thread(task, "snapshot"));
    try (Progress progress = Progress.onConsole("snapshot", "rows")) {
      ExecutorCompletionService<Void> done = new ExecutorCompletionService<>(threads);
      List<Future<Void>> running = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        running.add(done.submit(session(ranges, source, records, progress)));
      }
      for (int i = 0; i < running.size(); i++) {
        await(done);
      }
    } finally {
      failed.request();
      threads.shutdownNow();
    }
  }

  private static void await(ExecutorCompletionService<Void> done)
      throws IOException, InterruptedException {
    try {
      done.take().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      } else if (cause instanceof InterruptedException stopped) {
        throw stopped;
      } else if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("Cannot copy a table", cause);
    }
  }

  private Callable<Void> session(
      Queue<RangeCopy> ranges, Source source, CopyRecords records, Progress progress) {
    return () -> {
      try (SnapshotSession session =
              SnapshotSession.enter(source.sessions(), config, records.snapshot());
          EventOutput output = outputs.open()) {
        RangeCopy range = ranges.poll();
        while (range != null && !failed.isRequested()) {
          log(range);
          SnapshotRecord.Run run =
              range.run(session, output, stop, rows -> advance(progress, rows));
          settle(output);
          records.finish(range, run);
          Failpoint.CAPTURE_RANGE_RECORDED.pass();
          range = ranges.poll();
        }
        add(output.counts());
        return null;
      }
    };
  }

  private static void log(RangeCopy range) {
    String token = range.copy().table().table().token().value();
    Logs.inTable(
        token, () -> LOG.debug("copying rows from place {} on", range.range().firstPlace()));
  }

  private void settle(EventOutput output) throws IOException, InterruptedException {
    while (!output.drain(LOOK)) {
      if (stop.isRequested() || failed.isRequested()) {
        throw new InterruptedException("Stopped while the last rows were in flight");
      }
    }
  }

  private synchronized void add(OutputCounts more) {
    counts.add(more);
  }

  private static void advance(Progress progress, long rows) {
    synchronized (progress) {
      progress.advance(rows);
    }
  }
}
