package dev.firn.cdc.event;

import dev.firn.contract.ChangeEvent;
import java.io.IOException;

/** Where change events go. */
public interface EventSink {

  /**
   * @param shape of the row; its schema document is to be there before the event is
   */
  void append(TableShape shape, ChangeEvent event) throws IOException;
}
