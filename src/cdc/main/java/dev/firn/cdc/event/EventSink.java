package dev.firn.cdc.event;

import dev.firn.contract.EventLine;
import java.io.IOException;

/** Where change events go. */
public interface EventSink {

  /**
   * @param shape of the row; its schema document is to be there before the event is
   * @param event the complete line; it is another's as soon as this returns
   */
  void append(TableShape shape, EventLine event) throws IOException;
}
