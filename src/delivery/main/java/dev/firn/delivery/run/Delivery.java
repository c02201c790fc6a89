package dev.firn.delivery.run;

import dev.firn.aws.KinesisClients;
import dev.firn.aws.RawStores;
import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.console.Progress;
import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import dev.firn.contract.raw.RawStore;
import dev.firn.delivery.position.StateFolder;
import dev.firn.delivery.read.ShardBatch;
import dev.firn.delivery.read.StreamReading;
import dev.firn.delivery.run.DeliveryOptions.End;
import dev.firn.delivery.write.Buffers;
import dev.firn.delivery.write.WriteOptions;
import dev.firn.pipeline.KinesisConfig;
import dev.firn.pipeline.PipelineConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Reads the shards, buffers their records, and puts the files into the raw zone. The checkpoint
 * moves only after the files that hold the records are durable: however a run ends, the next one
 * repeats some records and misses none.
 */
public final class Delivery {

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final PipelineConfig config;
  private final DeliveryOptions options;
  private final StopSignal stop;
  private final Notices notices;
  private final Clocks clocks;
  private long millisBehind;

  /**
   * @param notices takes a sentence about each event that an operator should know of
   */
  public Delivery(
      PipelineConfig config, DeliveryOptions options, StopSignal stop, Notices notices) {
    this(config, options, stop, notices, Clocks.SYSTEM);
  }

  Delivery(
      PipelineConfig config,
      DeliveryOptions options,
      StopSignal stop,
      Notices notices,
      Clocks clocks) {
    this.clocks = clocks;
    this.config = config;
    this.options = options;
    this.stop = stop;
    this.notices = notices;
  }

  /** Runs until the options' end condition is met, or a stop is requested. */
  public DeliveryReport run() throws IOException, InterruptedException {
    KinesisConfig stream = stream();
    try (RawStore store = RawStores.open(config)) {
      return run(stream, store);
    }
  }

  DeliveryReport run(RawStore store) throws IOException, InterruptedException {
    return run(stream(), store);
  }

  private DeliveryReport run(KinesisConfig stream, RawStore store)
      throws IOException, InterruptedException {
    long begun = clocks.tick();
    try (StateFolder state = StateFolder.open(config.delivery().state(), stream.stream());
        KinesisAsyncClient client = KinesisClients.open(stream);
        Buffers buffers = new Buffers(state, store, writing(stream), clocks)) {
      StreamReading reading = new StreamReading(client, stream.stream(), stop, notices, clocks);
      reading.begin(state.read());
      follow(reading, buffers, state);
      buffers.sendAll();
      state.write(reading.position());
      return new DeliveryReport(buffers.counts(), clocks.since(begun));
    }
  }

  private void follow(StreamReading reading, Buffers buffers, StateFolder state)
      throws IOException, InterruptedException {
    try (Progress progress =
        Progress.onConsole("deliver", "records", () -> behind(reading.shards()))) {
      while (!stop.isRequested() && !isDone(reading)) {
        Optional<ShardBatch> batch = reading.poll();
        if (batch.isPresent()) {
          millisBehind = batch.get().millisBehind();
          buffers.append(batch.get());
        } else {
          stop.awaits(PAUSE);
        }
        if (buffers.sendDue() > 0) {
          state.write(buffers.safe(reading.position()));
        }
        progress.advance(buffers.counts().records() - progress.done());
      }
    }
  }

  private boolean isDone(StreamReading reading) {
    return options.end() == End.WHEN_CAUGHT_UP && reading.isCaughtUp();
  }

  private String behind(int shards) {
    return String.format(Locale.ROOT, ", %,d s behind, %s shards", millisBehind / 1000, shards);
  }

  private WriteOptions writing(KinesisConfig stream) {
    return new WriteOptions(
        stream.stream(),
        config.stream().buffer(),
        config.delivery().partitions(),
        options.oddities());
  }

  private KinesisConfig stream() {
    return config.stream()
        .kinesis()
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot deliver: there is no stream, the producer writes the raw zone itself: stream.direct",
                    "Write stream: { kinesis: NAME } to use a stream."));
  }
}
