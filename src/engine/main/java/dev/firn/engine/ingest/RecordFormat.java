package dev.firn.engine.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import java.io.Serializable;
import java.util.List;

/** Reads the records of a table as change events. It is serialized to the executors. */
public interface RecordFormat extends Serializable {

  /** The format of Firn's own producer. */
  RecordFormat FIRN =
      (bytes, offset, length) -> List.of(ChangeEventReader.read(bytes, offset, length));

  /**
   * The events of one record: usually one; none if it carries no change; two if a key changed.
   *
   * @throws dev.firn.contract.MalformedRecordException when the record cannot be read
   */
  List<ChangeEvent> read(byte[] bytes, int offset, int length);
}
