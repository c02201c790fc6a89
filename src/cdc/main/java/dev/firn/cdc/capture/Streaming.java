package dev.firn.cdc.capture;

import dev.firn.cdc.event.ChangeAssembler;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.pgoutput.Message;
import dev.firn.cdc.pgoutput.Message.Begin;
import dev.firn.cdc.pgoutput.Message.Commit;
import dev.firn.cdc.pgoutput.MessageDecoder;
import dev.firn.cdc.source.ChangeStream;
import dev.firn.console.StopSignal;
import dev.firn.source.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Follows the log: each message becomes events in the output, and the slot is acknowledged up to
 * the end of the last transaction whose events are all durable. Acknowledging too early loses
 * changes for good; too late only repeats them. A full output pauses reading; events never pile up
 * in memory.
 */
final class Streaming {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  /**
   * How long to wait at the end for events in flight; those that do not arrive are not acknowledged
   * and are sent again.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long BETWEEN_ACKNOWLEDGEMENTS = Duration.ofMillis(50).toNanos();
  private static final int MESSAGES_A_TICK = 64;

  private final ChangeStream stream;
  private final ChangeAssembler assembler;
  private final EventOutput output;
  private final SentLog sent;
  private final StopSignal stop;
  private final StreamLog log = new StreamLog();
  private long transaction;
  private long complete;
  private Instant completeAt = Instant.EPOCH;
  private long eventsBefore;
  private boolean idle;
  private long transactions;
  private int messages;
  private long acknowledgedAt = System.nanoTime();
  private Duration pause = SHORTEST_PAUSE;

  /**
   * @param sent records each transaction that has events
   */
  Streaming(
      ChangeStream stream,
      ChangeAssembler assembler,
      EventOutput output,
      SentLog sent,
      StopSignal stop) {
    this.stream = stream;
    this.sent = sent;
    this.assembler = assembler;
    this.output = output;
    this.stop = stop;
  }

  /** Work to be done periodically while the log is followed. */
  @FunctionalInterface
  interface Watch {
    void run() throws IOException, InterruptedException;
  }

  /**
   * @param end LSN at which the run ends; if empty, it continues until it is stopped
   * @param watch runs every now and then
   */
  void run(OptionalLong end, Watch watch) throws IOException, InterruptedException {
    while (!stop.isRequested()) {
      waitForRoom(watch);
      Optional<ByteBuffer> message = stream.poll();
      if (message.isPresent()) {
        idle = false;
        accept(MessageDecoder.decode(message.get()));
        pause = SHORTEST_PAUSE;
        if (++messages % MESSAGES_A_TICK == 0) {
          log.tick("receiving changes", this::position);
          tick();
          watch.run();
        }
      } else if (isCaughtUp(end)) {
        break;
      } else {
        idle(end);
        watch.run();
      }
    }
    finish();
  }

  long transactions() {
    return transactions;
  }

  long acknowledged() {
    return stream.acknowledged();
  }

  /** How far the server has decoded. */
  long received() {
    return stream.received();
  }

  /** When the last complete transaction was committed at the source. */
  Instant completeAt() {
    return completeAt;
  }

  /** The server has sent everything it decoded, and all of it is durable. */
  boolean isIdle() {
    return idle;
  }

  private void accept(Message message) throws IOException {
    if (message instanceof Begin begin) {
      eventsBefore = output.counts().events();
      transaction = begin.finalLsn();
      sent.allow(transaction);
    }
    assembler.accept(message);
    if (output.counts().events() > eventsBefore) {
      sent.sent(transaction);
    }
    if (message instanceof Commit commit) {
      complete = commit.endLsn();
      completeAt = commit.committedAt();
      output.committed(complete);
      if (output.counts().events() > eventsBefore) {
        transactions++;
      }
    }
  }

  // The server closes the connection if it hears nothing for wal_sender_timeout.
  private void waitForRoom(Watch watch) throws IOException, InterruptedException {
    while (!output.hasRoom() && !stop.isRequested()) {
      log.tick("waiting for room in the output", this::position);
      output.awaitRoom(KEEP_ALIVE);
      stream.acknowledge(output.safe());
      stream.askForPosition();
      watch.run();
    }
  }

  private void tick() throws IOException {
    output.tick();
    long now = System.nanoTime();
    if (now - acknowledgedAt > BETWEEN_ACKNOWLEDGEMENTS) {
      acknowledgedAt = now;
      stream.acknowledge(output.safe());
    }
  }

  private boolean isCaughtUp(OptionalLong end) {
    return end.isPresent() && !assembler.isInTransaction() && stream.received() >= end.getAsLong();
  }

  private void idle(OptionalLong end) throws IOException, InterruptedException {
    log.tick("waiting for the server to send changes", this::position);
    output.tick();
    stream.acknowledge(durable());
    idle = isNothingOnTheWay();
    if (end.isPresent()) {
      stream.askForPosition();
    }
    if (!stop.awaits(pause)) {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  // Other tables write WAL too. With none of our events in flight, everything the server has
  // decoded is acknowledged; otherwise a quiet publication would keep the WAL of a busy database
  // forever.
  private long durable() {
    return isNothingOnTheWay()
        ? Math.max(output.safe(), Math.max(complete, stream.received()))
        : output.safe();
  }

  private String position() {
    return "received up to %s, acknowledged up to %s, %s events in flight%s"
        .formatted(
            Lsn.format(stream.received()),
            Lsn.format(stream.acknowledged()),
            output.onTheWay(),
            assembler.isInTransaction()
                ? ", inside the transaction that commits at " + Lsn.format(transaction)
                : "");
  }

  private boolean isNothingOnTheWay() {
    return output.onTheWay() == 0 && !assembler.isInTransaction();
  }

  private void finish() throws IOException, InterruptedException {
    output.drain(PATIENCE);
    stream.acknowledgeNow(durable());
    if (!assembler.isInTransaction()) {
      // Inside a transaction the server would first send the rest of it.
      stream.close();
    }
  }
}
