package dev.firn.bench.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes the engine's batches. The time is measured from the arrival of the first. */
final class EventCounter implements ChangeConsumer<ChangeEvent<byte[], byte[]>> {

  private final long wanted;
  private final EventLines lines;
  private final CompletableFuture<Tally> end;
  private long events;
  private long begun;
  private Duration cpuBefore = Duration.ZERO;

  EventCounter(long wanted, EventLines lines, CompletableFuture<Tally> end) {
    this.wanted = wanted;
    this.lines = lines;
    this.end = end;
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<byte[], byte[]>> batch,
      RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    if (events == 0) {
      begun = System.nanoTime();
      cpuBefore = cpu();
    }
    for (ChangeEvent<byte[], byte[]> event : batch) {
      write(event);
      committer.markProcessed(event);
    }
    committer.markBatchFinished();
    events += batch.size();
    if (events >= wanted && !end.isDone()) {
      double seconds = (System.nanoTime() - begun) / 1e9;
      end.complete(new Tally(events, seconds, cpu().minus(cpuBefore).toMillis() / 1e3));
    }
  }

  private void write(ChangeEvent<byte[], byte[]> event) {
    try {
      lines.add(event.value());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write event", e);
    }
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
