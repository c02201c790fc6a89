package dev.firn.cdc.output;

import dev.firn.cdc.event.EventSink;
import dev.firn.cdc.event.TableShape;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Where the events of a capture go, and how far they are safe there. Used by one thread.
 *
 * <p>Memory stays bounded as long as {@link #hasRoom()} is asked before each event.
 */
public interface EventOutput extends EventSink, Closeable {

  /** Writes the schema document of a shape, if it is not there; durable when this returns. */
  void document(TableShape shape) throws IOException;

  boolean hasRoom();

  /** Waits until there is room, at the longest for this time. */
  void awaitRoom(Duration atMost) throws IOException, InterruptedException;

  /**
   * A transaction is complete: what was appended since the last one is of it.
   *
   * @param endLsn the first byte after its COMMIT record
   */
  void committed(long endLsn);

  /** Does what time demands; to be called often. */
  void tick() throws IOException;

  /**
   * The highest end of a transaction with nothing of it or before it that is not safe; 0 when there
   * is none.
   */
  long safe();

  /** How many events were appended and are not safe. */
  long onTheWay();

  /**
   * Returns when everything that was appended is safe, or after this time.
   *
   * @return whether it is
   */
  boolean drain(Duration atMost) throws IOException, InterruptedException;

  OutputCounts counts();

  /** Gives up what is not safe: nobody was told that it is. */
  @Override
  void close() throws IOException;
}
