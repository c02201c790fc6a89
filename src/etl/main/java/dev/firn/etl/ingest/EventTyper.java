package dev.firn.etl.ingest;

import dev.firn.contract.Operation;
import dev.firn.etl.row.ChangeWriter;

/**
 * Types events that look as Firn's producer writes them straight from their bytes into a change.
 * Anything unusual is left to {@link dev.firn.contract.ChangeEventReader} and {@link RowBinding}.
 * Not for several threads.
 */
final class EventTyper {

  EventTyper(TypingPlan plan) {}

  /**
   * Types the record that begins at {@code offset}; its change is then at the front of {@code
   * into.bytes()}.
   *
   * @return the index behind the record's closing brace; -1 when the record is to be read the slow
   *     way, because it is unusual, wrong, or not all of it is before {@code limit}
   */
  int type(byte[] bytes, int offset, int limit, ChangeWriter into) {
    return -1;
  }

  Operation operation() {
    return Operation.INSERT;
  }

  int epoch() {
    return 0;
  }

  long lsn() {
    return 0;
  }

  long seq() {
    return 0;
  }
}
