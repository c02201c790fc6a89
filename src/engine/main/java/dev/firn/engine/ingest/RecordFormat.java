package dev.firn.engine.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import java.io.Serializable;
import java.util.List;

/** How the records of a table are read as change events. It travels to the executors. */
public interface RecordFormat extends Serializable {

  /** What Firn's own producer writes. */
  RecordFormat FIRN =
      (bytes, offset, length) -> List.of(ChangeEventReader.read(bytes, offset, length));

  /**
   * The events of one record: one as a rule; none where it carries no change; two where a key
   * changed.
   *
   * @throws dev.firn.contract.MalformedRecordException when the record cannot be read
   */
  List<ChangeEvent> read(byte[] bytes, int offset, int length);
}
