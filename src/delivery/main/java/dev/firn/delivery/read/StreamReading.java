package dev.firn.delivery.read;

import dev.firn.console.Notices;
import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import dev.firn.delivery.position.Checkpoint;
import dev.firn.delivery.position.ShardPosition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Reads all shards of a stream in parallel. The shards are listed again periodically, and when one
 * is at its end, since then its children may be read. Memory: at most {@value #MOST_REQUESTS}
 * answers of 10 MiB each wait at one time.
 *
 * <p>Not thread-safe.
 */
public final class StreamReading {

  private static final int MOST_REQUESTS = 8;
  private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(30);

  private final StreamClient client;
  private final PatientCall calls;
  private final Notices notices;
  private final Clocks clocks;
  private final Map<String, ShardReader> readers = new LinkedHashMap<>();
  private String created;
  private ShardPlan plan;
  private long listed;
  private boolean listingDue;

  public StreamReading(
      KinesisAsyncClient kinesis, String stream, StopSignal stop, Notices notices, Clocks clocks) {
    this.client = new StreamClient(kinesis, stream);
    this.calls = new PatientCall(stream, stop, notices, clocks);
    this.notices = notices;
    this.clocks = clocks;
  }

  /**
   * Finds the stream and its shards, and resumes from the checkpoint if it belongs to this stream.
   */
  public void begin(Optional<Checkpoint> checkpoint) throws InterruptedException {
    created = String.valueOf(calls.answer(client::summary).streamCreationTimestamp());
    Optional<Checkpoint> ours = checkpoint.filter(one -> one.created().equals(created));
    if (checkpoint.isPresent() && ours.isEmpty()) {
      notices.warn("the stream was recreated: reading starts from its oldest record");
    }
    plan = new ShardPlan(ours.map(Checkpoint::positions).orElse(Map.of()));
    list();
  }

  /** Takes the records that arrived from any shard and requests more; empty if none arrived. */
  public Optional<ShardBatch> poll() throws InterruptedException {
    if (listingDue || clocks.hasPassed(BETWEEN_LISTINGS, listed)) {
      list();
    }
    for (Map.Entry<String, ShardReader> reader : readers.entrySet()) {
      Optional<ShardBatch> batch = reader.getValue().poll();
      if (batch.isPresent()) {
        take(batch.get());
        return batch;
      }
    }
    ask();
    return Optional.empty();
  }

  /** Every shard was read up to its tip at the start, or to its end. */
  public boolean isCaughtUp() {
    return !listingDue && readers.values().stream().allMatch(ShardReader::isCaughtUp);
  }

  /** How far each shard was read, by the records that were polled. */
  public Checkpoint position() {
    return new Checkpoint(created, plan.positions());
  }

  public int shards() {
    return readers.size();
  }

  private void ask() {
    long asking = readers.values().stream().filter(ShardReader::isAsking).count();
    for (ShardReader reader : readers.values()) {
      if (asking < MOST_REQUESTS && !reader.isAsking()) {
        reader.ask();
        asking += reader.isAsking() ? 1 : 0;
      }
    }
  }

  private void take(ShardBatch batch) {
    // Back to the end of the queue, so that no shard starves the others.
    ShardReader reader = readers.remove(batch.shard());
    plan.moveTo(batch.shard(), batch.to());
    if (batch.to().isEnd()) {
      listingDue = true;
    } else {
      readers.put(batch.shard(), reader);
    }
  }

  private void list() throws InterruptedException {
    List<ShardNode> shards = calls.answer(client::shards);
    for (String lost : plan.list(shards)) {
      readers.remove(lost);
      notices.warn("shard expired before it was fully read, its records are lost: " + lost);
    }
    for (String shard : plan.readable()) {
      ShardPosition position = plan.position(shard);
      readers.computeIfAbsent(shard, key -> new ShardReader(client, shard, position, clocks));
    }
    listed = clocks.tick();
    listingDue = false;
  }
}
