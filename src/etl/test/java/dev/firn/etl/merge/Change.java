package dev.firn.etl.merge;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import java.util.List;
import java.util.Map;

/**
 * An event, and its values as texts of the lake.
 *
 * @param key of the row; empty for a TRUNCATE
 * @param known the columns whose value it contains; those its schema does not have are null
 * @param version which of the table's schemas it has
 */
record Change(ChangeEvent event, List<String> key, Map<String, String> known, int version) {

  Position at() {
    return event.position();
  }

  boolean isTruncate() {
    return event.operation() == Operation.TRUNCATE;
  }

  boolean isDelete() {
    return event.operation() == Operation.DELETE;
  }
}
