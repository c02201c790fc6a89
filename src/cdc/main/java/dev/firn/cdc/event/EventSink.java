package dev.firn.cdc.event;

import dev.firn.contract.EventLine;
import java.io.IOException;

/** Where change events go. */
public interface EventSink {

  /** What an event that is written now says of when it was written, in whole seconds since 1970. */
  long writtenAt();

  /**
   * @param shape of the row; its schema document is to be there before the event is
   * @param event the complete line; it is another's as soon as this returns
   */
  void append(TableShape shape, EventLine event) throws IOException;
}
