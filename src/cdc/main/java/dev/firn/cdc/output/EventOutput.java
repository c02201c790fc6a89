package dev.firn.cdc.output;

import dev.firn.cdc.event.EventSink;
import dev.firn.cdc.event.TableShape;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * The destination of a capture's events, and up to which LSN they are durable there. Used by one
 * thread.
 *
 * <p>Memory stays bounded as long as {@link #hasRoom()} is asked before each event.
 */
public interface EventOutput extends EventSink, Closeable {

  /** Writes the schema document of a shape unless it exists; it is durable when this returns. */
  void document(TableShape shape) throws IOException;

  boolean hasRoom();

  /** Waits until there is room, but no longer than this time. */
  void awaitRoom(Duration atMost) throws IOException, InterruptedException;

  /**
   * A transaction is complete: the events appended since the previous call belong to it.
   *
   * @param endLsn the first byte after its COMMIT record
   */
  void committed(long endLsn);

  /** Sends or flushes what has waited long enough; to be called often. */
  void tick() throws IOException;

  /**
   * The highest end LSN of a transaction for which all its events and all earlier events are
   * durable; 0 if there is none.
   */
  long safe();

  /** How many events are in flight: appended, but not yet durable. */
  long onTheWay();

  /**
   * Returns when everything that was appended is durable, or after this time.
   *
   * @return whether everything is durable
   */
  boolean drain(Duration atMost) throws IOException, InterruptedException;

  OutputCounts counts();

  /** Drops the events in flight: they were not acknowledged, so they are sent again later. */
  @Override
  void close() throws IOException;
}
