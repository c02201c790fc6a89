package dev.firn.delivery.read;

import dev.firn.contract.Clocks;
import dev.firn.delivery.position.ShardPosition;
import dev.firn.delivery.record.StreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Reads one shard with one request at a time, no faster than Kinesis lets a shard be read: five
 * requests and 2 MiB a second (Kinesis quotas). Temporary failures are retried later.
 */
final class ShardReader {

  private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(200);
  private static final long BYTES_A_SECOND = 2 << 20;

  private final StreamClient client;
  private final String shard;
  private final Clocks clocks;
  private final long begun;
  private final FailureStreak failures;
  private ShardPosition position;
  private String iterator;
  private CompletableFuture<GetRecordsResponse> answer;
  private long asked;
  private Duration pause = Duration.ZERO;
  private long pauseBegun;
  private boolean caughtUp;

  ShardReader(StreamClient client, String shard, ShardPosition position, Clocks clocks) {
    this.client = client;
    this.shard = shard;
    this.position = position;
    this.clocks = clocks;
    this.failures = new FailureStreak(clocks);
    this.begun = clocks.tick();
    this.pauseBegun = begun;
  }

  boolean isAsking() {
    return answer != null;
  }

  /** Everything that was in the shard when this reader started was read. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** Requests more records, unless a request is in flight or it is too soon. */
  void ask() {
    if (answer == null && clocks.hasPassed(pause, pauseBegun)) {
      asked = clocks.tick();
      answer =
          iterator == null
              ? client.iterator(shard, position).thenCompose(client::records)
              : client.records(iterator);
    }
  }

  /** The records that arrived; empty if there are none yet. */
  Optional<ShardBatch> poll() {
    if (answer == null || !answer.isDone()) {
      return Optional.empty();
    }
    CompletableFuture<GetRecordsResponse> done = answer;
    answer = null;
    try {
      return Optional.of(accept(done.join()));
    } catch (CompletionException e) {
      fail(ReadFailures.cause(e));
      return Optional.empty();
    }
  }

  private ShardBatch accept(GetRecordsResponse response) {
    failures.succeeded();
    iterator = response.nextShardIterator();
    List<StreamRecord> records = response.records().stream().map(ShardReader::record).toList();
    ShardPosition from = position;
    position = behind(response);
    long millisBehind = response.millisBehindLatest() == null ? 0 : response.millisBehindLatest();
    // Measured between our own requests, not by wall clock: ours and that of Kinesis may differ.
    caughtUp |= millisBehind == 0 || millisBehind < Duration.ofNanos(asked - begun).toMillis();
    pause(pace(records), asked);
    return new ShardBatch(shard, from, position, records, millisBehind);
  }

  private ShardPosition behind(GetRecordsResponse response) {
    if (iterator == null) {
      return ShardPosition.END;
    }
    List<Record> records = response.records();
    return records.isEmpty()
        ? position
        : ShardPosition.after(records.get(records.size() - 1).sequenceNumber());
  }

  private static StreamRecord record(Record record) {
    return new StreamRecord(
        record.data().asByteArrayUnsafe(), record.approximateArrivalTimestamp());
  }

  private static Duration pace(List<StreamRecord> records) {
    long bytes = records.stream().mapToLong(record -> record.data().length).sum();
    Duration byBytes = Duration.ofMillis(bytes * 1000 / BYTES_A_SECOND);
    return byBytes.compareTo(BETWEEN_REQUESTS) > 0 ? byBytes : BETWEEN_REQUESTS;
  }

  private void fail(Throwable failure) {
    if (ReadFailures.isExpired(failure)) {
      iterator = null;
    } else if (ReadFailures.isPassing(failure) && !failures.isExhausted()) {
      pause(failures.failed(), clocks.tick());
    } else {
      throw ReadFailures.describe(failure, client.stream());
    }
  }

  private void pause(Duration duration, long from) {
    pause = duration;
    pauseBegun = from;
  }
}
