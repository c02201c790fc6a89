package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Operation;
import dev.firn.engine.ingest.RecordFormat;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Reads AWS DMS' JSON for a Kinesis or Kafka target. The position is the commit's time in
 * microseconds and the record's number in its transaction, if the endpoint has {@code
 * IncludeTransactionDetails}; otherwise the time at which DMS wrote the record. Rows of the full
 * load have no commit: they are older than every change, and are ordered by the time they were
 * written.
 */
final class DmsRecords implements RecordFormat {

  private static final long serialVersionUID = 1L;

  /** Leaves 32 bits for the number of a record in its transaction. */
  private static final int TIE_BITS = 31;

  /** Leaves 52 bits for microseconds: until the year 2112. */
  private static final int LOAD_TIE_BITS = 11;

  private static final String COMMIT_TIME = "commit-timestamp";
  private static final String RECORD_NUMBER = "transaction-record-id";

  private final DeclaredTable table;

  DmsRecords(DeclaredTable table) {
    this.table = table;
  }

  @Override
  public List<ChangeEvent> read(byte[] bytes, int offset, int length) {
    JsonNode record = JsonTree.parse(bytes, offset, length);
    JsonNode metadata = record.path("metadata");
    if (JsonTree.text(metadata, "record-type").equals("control")) {
      return control(metadata);
    }
    table.requireName(
        JsonTree.text(metadata, "schema-name"), JsonTree.text(metadata, "table-name"));
    Operation operation = operation(JsonTree.text(metadata, "operation"));
    RowReader rows = new RowReader(table, place(operation, metadata), COLUMNS);
    JsonNode data = record.path("data");
    JsonNode row = data.has("_doc") ? data.get("_doc") : data;
    return operation == Operation.DELETE
        ? List.of(rows.deleted(row))
        : rows.written(operation, record.path("before-image"), row);
  }

  // Its time is that of the record, not of the commit: applying it could remove newer rows.
  private List<ChangeEvent> control(JsonNode metadata) {
    boolean truncate = metadata.path("operation").asText().equals("truncate-table");
    if (truncate && metadata.path("table-name").asText().equals(table.name())) {
      throw new MalformedRecordException(
          "DMS does not give the position of a TRUNCATE: remove the older rows yourself");
    }
    return List.of();
  }

  private static Operation operation(String name) {
    return switch (name) {
      case "load", "read" -> Operation.READ;
      case "insert", "create" -> Operation.INSERT;
      case "update" -> Operation.UPDATE;
      case "delete" -> Operation.DELETE;
      default ->
          throw new MalformedRecordException(
              "operation is not one of load, insert, update, delete: " + name);
    };
  }

  private static Place place(Operation operation, JsonNode metadata) {
    if (operation == Operation.READ) {
      Instant written = time(metadata, "timestamp");
      return new Place(written, 0, TimeText.micros(written), LOAD_TIE_BITS);
    }
    Instant at = time(metadata, metadata.has(COMMIT_TIME) ? COMMIT_TIME : "timestamp");
    long number = metadata.has(RECORD_NUMBER) ? JsonTree.number(metadata, RECORD_NUMBER) : 0;
    return new Place(at, TimeText.micros(at), number, TIE_BITS);
  }

  private static Instant time(JsonNode metadata, String field) {
    String text = JsonTree.text(metadata, field);
    try {
      return TimeText.zonedInstant(text);
    } catch (DateTimeParseException e) {
      throw new MalformedRecordException(
          field + " is not a timestamp with a time zone: " + text, e);
    }
  }

  // DMS omits NULLs, unless the endpoint has IncludeNullAndEmpty.
  private static final ColumnReader COLUMNS =
      new ColumnReader() {
        @Override
        public boolean isUnchanged(DeclaredColumn column, JsonNode value) {
          return false;
        }

        @Override
        public Object read(DeclaredColumn column, JsonNode value) {
          return UntypedValue.read(column, value);
        }
      };
}
