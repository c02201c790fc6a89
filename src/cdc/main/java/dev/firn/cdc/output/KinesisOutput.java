package dev.firn.cdc.output;

import dev.firn.cdc.event.TableShape;
import dev.firn.console.Backoff;
import dev.firn.contract.EventLine;
import dev.firn.contract.fault.Failpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * Puts events into a Kinesis stream, one event per record: several requests at a time, each retried
 * until all its records are accepted. A refused record arrives late, after later records of the
 * same key: readers order by position. The data in flight is bounded; at the limit there is no room
 * until the stream has accepted some.
 *
 * <p>One thread appends; responses arrive on threads of the SDK, so the monitor guards all state.
 */
final class KinesisOutput implements EventOutput {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
  private static final long LINGER = Duration.ofMillis(50).toNanos();
  private static final long MAX_BYTES = 24 << 20;
  private static final int MAX_REQUESTS = 16;

  private final StreamWriter stream;
  private final RawLeftovers raw;
  private final int recordBytes;
  private final WritingClock clock;
  private final PartitionKeys partitionKeys = new PartitionKeys();
  private final OutputCounts counts = new OutputCounts();
  private final CommitLedger ledger = new CommitLedger();
  private PutBatch open;
  private long bytesOnTheWay;
  private int batchesOnTheWay;
  private long eventsOnTheWay;
  private RuntimeException failure;
  private boolean closed;

  /**
   * @param recordBytes the longest record, with its partition key
   */
  KinesisOutput(StreamWriter stream, RawLeftovers raw, int recordBytes, WritingClock clock) {
    this.stream = stream;
    this.raw = raw;
    this.recordBytes = recordBytes;
    this.clock = clock;
  }

  @Override
  public long writtenAt() {
    return clock.seconds();
  }

  @Override
  public void append(TableShape shape, EventLine event) throws IOException {
    raw.document(shape);
    int size = event.values().size() + PartitionKeys.LENGTH;
    if (size > recordBytes) {
      raw.put(event);
    }
    synchronized (this) {
      throwFailure();
      if (size > recordBytes) {
        counts.tooLong();
      } else {
        add(event, size);
      }
      counts.event(event.operation(), event.values().size());
    }
  }

  @Override
  public void document(TableShape shape) throws IOException {
    raw.document(shape);
  }

  @Override
  public synchronized boolean hasRoom() {
    return failure != null || (bytesOnTheWay < MAX_BYTES && batchesOnTheWay < MAX_REQUESTS);
  }

  @Override
  public void awaitRoom(Duration atMost) throws InterruptedException {
    await(this::hasRoom, atMost);
  }

  @Override
  public synchronized void committed(long endLsn) {
    ledger.committed(counts.events(), endLsn);
  }

  @Override
  public synchronized void tick() {
    throwFailure();
    if (open != null && System.nanoTime() - open.begun() > LINGER) {
      sendOpen();
    }
  }

  @Override
  public synchronized long safe() {
    return ledger.safe();
  }

  @Override
  public synchronized long onTheWay() {
    return eventsOnTheWay;
  }

  @Override
  public boolean drain(Duration atMost) throws InterruptedException {
    synchronized (this) {
      if (open != null) {
        sendOpen();
      }
    }
    boolean drained = await(ledger::isEmpty, atMost);
    throwFailure();
    return drained;
  }

  @Override
  public synchronized OutputCounts counts() {
    return counts;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void add(EventLine event, int size) {
    if (open != null && !open.takes(size)) {
      sendOpen();
    }
    if (open == null) {
      open = new PutBatch(counts.events());
      ledger.begun(open.firstEvent());
    }
    open.add(partitionKeys.of(event), event.values().toByteArray());
    eventsOnTheWay++;
  }

  private void sendOpen() {
    PutBatch batch = open;
    open = null;
    bytesOnTheWay += batch.bytes();
    batchesOnTheWay++;
    send(batch);
  }

  private synchronized void send(PutBatch batch) {
    if (closed || failure != null) {
      return;
    }
    Failpoint.CAPTURE_PUT.pass();
    counts.sent();
    CompletableFuture<PutRecordsResponse> unused =
        stream
            .put(batch.records())
            .whenComplete((answer, problem) -> settle(batch, answer, problem));
  }

  // An exception thrown here would be lost in a future whose result nobody reads.
  private synchronized void settle(PutBatch batch, PutRecordsResponse answer, Throwable problem) {
    try {
      answered(batch, answer, problem);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void answered(PutBatch batch, PutRecordsResponse answer, Throwable problem) {
    int taken = 0;
    if (problem == null) {
      Failpoint.CAPTURE_ACCEPTED.pass();
      taken = batch.keepRefused(answer.records());
    } else {
      Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
      PutFailure.refusal(stream.stream(), cause).ifPresent(this::fail);
    }
    eventsOnTheWay -= taken;
    if (batch.records().isEmpty()) {
      arrived(batch);
    } else {
      batch.failed(taken);
      again(batch);
    }
  }

  private void arrived(PutBatch batch) {
    ledger.arrived(batch.firstEvent());
    bytesOnTheWay -= batch.bytes();
    batchesOnTheWay--;
    notifyAll();
  }

  private void again(PutBatch batch) {
    counts.sentAgain(batch.records().size());
    Duration pause = BACKOFF.pause(batch.failures(), ThreadLocalRandom.current());
    StreamWriter.after(pause).execute(() -> send(batch));
  }

  private void fail(RuntimeException lasting) {
    failure = lasting;
    notifyAll();
  }

  private synchronized void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized boolean await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && failure == null) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return condition.getAsBoolean();
  }
}
