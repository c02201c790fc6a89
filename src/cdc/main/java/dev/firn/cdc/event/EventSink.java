package dev.firn.cdc.event;

import dev.firn.contract.EventLine;
import java.io.IOException;

/** The destination of change events. */
public interface EventSink {

  /** The write time of an event that is written now, in whole seconds since 1970. */
  long writtenAt();

  /**
   * @param shape of the row; its schema document must be durable before the event
   * @param event the complete line; it must not be retained: the buffer is reused after this call
   */
  void append(TableShape shape, EventLine event) throws IOException;
}
