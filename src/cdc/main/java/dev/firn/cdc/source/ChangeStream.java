package dev.firn.cdc.source;

import dev.firn.contract.fault.Failpoint;
import dev.firn.source.SourceErrors;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Reads the messages of a slot and acknowledges them; the acknowledgement only moves forward. */
public final class ChangeStream implements AutoCloseable {

  private final PGReplicationStream stream;
  private final AcknowledgementLimit limit;
  private final StreamWatch watch;
  private long acknowledged;

  ChangeStream(
      PGReplicationStream stream,
      long acknowledged,
      AcknowledgementLimit limit,
      StreamWatch watch) {
    this.stream = stream;
    this.watch = watch;
    this.limit = limit;
    this.acknowledged = acknowledged;
  }

  /** The next message if one has arrived; does not wait. */
  public Optional<ByteBuffer> poll() {
    try {
      ByteBuffer message = stream.readPending();
      if (message == null) {
        watch.silent();
      } else {
        watch.heard();
      }
      return Optional.ofNullable(message);
    } catch (SQLException e) {
      throw SourceErrors.working("read from the replication slot", e);
    }
  }

  /**
   * The LSN up to which the server has decoded, as of its last message or keepalive: every
   * transaction that committed before it has been polled, or is being polled.
   */
  public long received() {
    return stream.getLastReceiveLSN().asLong();
  }

  public long acknowledged() {
    return acknowledged;
  }

  /** Acknowledges this LSN soon, after which the server may remove WAL: it must be durable. */
  public void acknowledge(long durable) {
    long lsn = limit.allow(durable);
    if (lsn > acknowledged) {
      Failpoint.CAPTURE_ACKNOWLEDGE.pass();
      acknowledged = lsn;
      stream.setFlushedLSN(LogSequenceNumber.valueOf(lsn));
      stream.setAppliedLSN(LogSequenceNumber.valueOf(lsn));
      askForPosition();
    }
  }

  /** Acknowledges this LSN now. */
  public void acknowledgeNow(long durable) {
    limit.insist(durable);
    acknowledge(durable);
  }

  /** Sends the status now, and asks the server to answer with a keepalive. */
  public void askForPosition() {
    try {
      stream.forceUpdateStatus();
    } catch (SQLException e) {
      throw SourceErrors.working("acknowledge to the replication slot", e);
    }
  }

  /** Ends the stream and waits until the server has received the last acknowledgement. */
  @Override
  public void close() {
    try {
      stream.close();
    } catch (SQLException e) {
      throw SourceErrors.working("end the replication stream", e);
    }
  }
}
