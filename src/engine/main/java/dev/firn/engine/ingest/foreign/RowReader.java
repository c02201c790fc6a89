package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes events from the row images of one record: it takes the declared columns and ignores others;
 * a declared column that is missing is null, or unchanged if the format defines it so.
 */
final class RowReader {

  private final DeclaredTable table;
  private final Place place;
  private final ColumnReader columns;

  RowReader(DeclaredTable table, Place place, ColumnReader columns) {
    this.table = table;
    this.place = place;
    this.columns = columns;
  }

  /**
   * @param before the old row as far as it is known, or a missing node. If its key differs from the
   *     new row's, the old row is deleted as well.
   */
  List<ChangeEvent> written(Operation operation, JsonNode before, JsonNode after) {
    requireRow(after);
    Map<String, Object> key = key(after);
    ChangeEvent written = table.event(operation, place, image(key, after));
    if (hasKey(before) && !key(before).equals(key)) {
      return List.of(deleted(before), written);
    }
    return List.of(written);
  }

  ChangeEvent deleted(JsonNode old) {
    requireRow(old);
    return table.event(Operation.DELETE, place, RowImage.deleted(key(old)));
  }

  ChangeEvent truncated() {
    return table.event(Operation.TRUNCATE, place, RowImage.EMPTY);
  }

  private static void requireRow(JsonNode row) {
    if (!row.isObject()) {
      throw new MalformedRecordException("the record has no row");
    }
  }

  private boolean hasKey(JsonNode row) {
    return table.columns().key().stream().allMatch(row::hasNonNull);
  }

  private Map<String, Object> key(JsonNode row) {
    Map<String, Object> key = new LinkedHashMap<>();
    for (DeclaredColumn column : table.columns().all()) {
      if (table.isKey(column)) {
        JsonNode value = row.path(column.name());
        if (value.isMissingNode() || value.isNull()) {
          throw new MalformedRecordException("a key column has no value: " + column.name());
        }
        key.put(column.name(), columns.read(column, value));
      }
    }
    return key;
  }

  private RowImage image(Map<String, Object> key, JsonNode row) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> unchanged = new ArrayList<>();
    for (DeclaredColumn column : table.columns().all()) {
      JsonNode value = row.path(column.name());
      if (columns.isUnchanged(column, value)) {
        unchanged.add(column.name());
      } else if (value.isMissingNode() || value.isNull()) {
        values.put(column.name(), null);
      } else {
        values.put(column.name(), columns.read(column, value));
      }
    }
    return new RowImage(key, Map.of(), values, unchanged);
  }
}
