package dev.firn.cdc.capture;

import dev.firn.cdc.event.ChangeAssembler;
import dev.firn.cdc.pgoutput.Message;
import dev.firn.cdc.pgoutput.Message.Begin;
import dev.firn.cdc.pgoutput.Message.Commit;
import dev.firn.cdc.pgoutput.MessageDecoder;
import dev.firn.cdc.source.ChangeStream;
import dev.firn.console.Progress;
import dev.firn.console.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Follows the log: each message becomes events in the raw output, and the slot is acknowledged up
 * to the end of the last transaction of which every event is on disk. Too early loses changes for
 * good; too late only repeats them.
 */
final class Streaming {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
  private static final long IDLE_COMMITS = 1000;

  private final ChangeStream stream;
  private final ChangeAssembler assembler;
  private final RawOutput raw;
  private final StopSignal stop;
  private long complete;
  private long eventsBefore;
  private long transactions;
  private long emptyTransactions;
  private Duration pause = SHORTEST_PAUSE;

  Streaming(ChangeStream stream, ChangeAssembler assembler, RawOutput raw, StopSignal stop) {
    this.stream = stream;
    this.assembler = assembler;
    this.raw = raw;
    this.stop = stop;
  }

  /**
   * @param end LSN at which the run is done; without, it goes on until it is stopped
   */
  void run(OptionalLong end, Progress progress) throws IOException, InterruptedException {
    while (!stop.isRequested()) {
      Optional<ByteBuffer> message = stream.poll();
      if (message.isPresent()) {
        accept(MessageDecoder.decode(message.get()));
        pause = SHORTEST_PAUSE;
      } else if (isCaughtUp(end)) {
        break;
      } else {
        idle(end);
      }
      progress.advance(raw.events() - progress.done());
    }
    finish();
  }

  long transactions() {
    return transactions;
  }

  long acknowledged() {
    return stream.acknowledged();
  }

  private void accept(Message message) throws IOException {
    assembler.accept(message);
    if (message instanceof Begin) {
      eventsBefore = raw.events();
    } else if (message instanceof Commit commit) {
      committed(commit);
    }
    if (raw.isFlushDue()) {
      flush();
    }
  }

  private void committed(Commit commit) {
    complete = commit.endLsn();
    if (raw.events() > eventsBefore) {
      transactions++;
    } else if (++emptyTransactions % IDLE_COMMITS == 0 && !raw.hasBuffered()) {
      // A stream that never pauses and has nothing for us must not hold the log back.
      stream.acknowledge(complete);
    }
  }

  private void flush() throws IOException {
    raw.flush();
    stream.acknowledge(complete);
  }

  private boolean isCaughtUp(OptionalLong end) {
    return end.isPresent() && !assembler.isInTransaction() && stream.received() >= end.getAsLong();
  }

  private void idle(OptionalLong end) throws IOException, InterruptedException {
    if (raw.isFlushDue()) {
      flush();
    }
    acknowledgeQuiet();
    if (end.isPresent()) {
      stream.askForPosition();
    }
    if (!stop.awaits(pause)) {
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  // Other tables write log too. With nothing of ours on the way, all the server has decoded is done
  // with; else a quiet publication would hold the log of a busy database for ever.
  private void acknowledgeQuiet() {
    if (!raw.hasBuffered() && !assembler.isInTransaction()) {
      stream.acknowledge(Math.max(complete, stream.received()));
    }
  }

  private void finish() throws IOException {
    flush();
    acknowledgeQuiet();
    if (!assembler.isInTransaction()) {
      // Inside a transaction the server would first send all the rest of it.
      stream.close();
    }
  }
}
