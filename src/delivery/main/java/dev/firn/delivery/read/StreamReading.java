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
 * Reads all shards of a stream side by side. The shards are listed anew when one has ended, since
 * then its children may begin, and now and then. Memory: at most {@value #MOST_REQUESTS} answers of
 * 10 MiB each wait at one time.
 *
 * <p>Not safe for use by several threads.
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

  /** Finds the stream and its shards; goes on where the checkpoint of this very stream stands. */
  public void begin(Optional<Checkpoint> checkpoint) throws InterruptedException {
    created = String.valueOf(calls.answer(client::summary).streamCreationTimestamp());
    Optional<Checkpoint> ours = checkpoint.filter(one -> one.created().equals(created));
    if (checkpoint.isPresent() && ours.isEmpty()) {
      notices.warn("the stream was made anew: it is read from its oldest record");
    }
    plan = new ShardPlan(ours.map(Checkpoint::positions).orElse(Map.of()));
    list();
  }

  /** Takes what came in from any shard and asks for more; empty when nothing came. */
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

  /** Every shard was read up to what was in it when its reading began, or to its end. */
  public boolean isCaughtUp() {
    return !listingDue && readers.values().stream().allMatch(ShardReader::isCaughtUp);
  }

  /** How far each shard was read, as far as it was polled. */
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
    // To the end of the queue: no shard keeps the others from being read.
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
      notices.warn("shard went away before all of it was read, its records are lost: " + lost);
    }
    for (String shard : plan.readable()) {
      ShardPosition position = plan.position(shard);
      readers.computeIfAbsent(shard, key -> new ShardReader(client, shard, position, clocks));
    }
    listed = clocks.tick();
    listingDue = false;
  }
}
