package dev.firn.etl.ingest;

import dev.firn.contract.ChangeEvent;
import java.io.Serializable;
import java.util.List;
import scala.Tuple2;

/** Reads the records of one table, first as events, then as changes of its rows. */
record RecordReader(RecordFormat format, TableReader table) implements Serializable {

  List<ChangeEvent> events(byte[] bytes, int offset, int length) {
    return format.read(bytes, offset, length);
  }

  /** All of a record's changes, or none: the first that does not fit refuses the record. */
  List<Tuple2<GroupKey, Gathered>> changes(List<ChangeEvent> events) {
    // Nearly always; a stream for each event of a large batch costs.
    return events.size() == 1
        ? List.of(table.read(events.get(0)))
        : events.stream().map(table::read).toList();
  }
}
