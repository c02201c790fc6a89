package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Operation;
import dev.firn.engine.ingest.RecordFormat;
import dev.firn.pipeline.ForeignFormat.FlatOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Reads flat records like those of wal2json: {@code kind}, {@code table} and {@code
 * event_timestamp} are fields like the columns. The position is one field, the event's time or an
 * LSN; ties are broken by the kind and content of the record. A column that is missing in an update
 * did not change: wal2json omits unchanged TOAST values.
 */
final class FlatRecords implements RecordFormat {

  private static final long serialVersionUID = 1L;

  /** The single ordering field is the first part of the position. */
  private static final int TIE_BITS = 63;

  private static final String TIME = "event_timestamp";

  /** The first second of the year 10000. Milliseconds read as seconds are far beyond it. */
  private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

  private final DeclaredTable table;
  private final FlatOrder order;

  FlatRecords(DeclaredTable table, FlatOrder order) {
    this.table = table;
    this.order = order;
  }

  @Override
  public List<ChangeEvent> read(byte[] bytes, int offset, int length) {
    JsonNode record = JsonTree.parse(bytes, offset, length);
    Operation operation = operation(JsonTree.text(record, "kind"));
    requireTable(record);
    Instant at = time(record.path(TIME));
    RowReader rows =
        new RowReader(table, new Place(at, order(record, at), 0, TIE_BITS), columns(operation));
    JsonNode old = oldKey(record);
    return switch (operation) {
      case TRUNCATE -> List.of(rows.truncated());
      case DELETE -> List.of(rows.deleted(old.isMissingNode() ? record : old));
      case INSERT, UPDATE, READ -> rows.written(operation, old, record);
    };
  }

  private static Operation operation(String kind) {
    return switch (kind) {
      case "insert" -> Operation.INSERT;
      case "update" -> Operation.UPDATE;
      case "delete" -> Operation.DELETE;
      case "truncate" -> Operation.TRUNCATE;
      default ->
          throw new MalformedRecordException(
              "kind is not one of insert, update, delete, truncate: " + kind);
    };
  }

  private void requireTable(JsonNode record) {
    String named = JsonTree.text(record, "table");
    if (named.equals(table.token()) || named.equals(table.qualifiedName())) {
      return;
    }
    boolean hasSchema = record.path("schema").isTextual() && !table.hasColumn("schema");
    table.requireName(hasSchema ? JsonTree.text(record, "schema") : "public", named);
  }

  private long order(JsonNode record, Instant at) {
    if (order == FlatOrder.EVENT_TIMESTAMP) {
      return TimeText.micros(at);
    }
    String field = order.name().toLowerCase(Locale.ROOT);
    JsonNode value = record.path(field);
    String text = value.asText();
    int slash = text.indexOf('/');
    try {
      // PostgreSQL prints an LSN as two hexadecimal halves: 16/B374D848.
      return slash < 0
          ? Long.parseLong(text)
          : Long.parseLong(text.substring(0, slash), 16) << 32
              | Long.parseLong(text.substring(slash + 1), 16);
    } catch (NumberFormatException e) {
      throw new MalformedRecordException(field + " is missing or not an LSN: " + value, e);
    }
  }

  private static Instant time(JsonNode value) {
    try {
      Instant at =
          value.isNumber()
              ? TimeText.instant(value.decimalValue())
              : TimeText.zonedInstant(value.asText());
      if (at.isBefore(END_OF_TIME)) {
        return at;
      }
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new MalformedRecordException(
          TIME + " is neither seconds since 1970 nor a timestamp with a time zone: " + value, e);
    }
    throw new MalformedRecordException(
        TIME + " is after the year 9999: the value must be in seconds since 1970: " + value);
  }

  // wal2json's form: {"keynames":["id"],"keyvalues":[42]}.
  private JsonNode oldKey(JsonNode record) {
    JsonNode names = record.path("oldkeys").path("keynames");
    if (names.isMissingNode() || table.hasColumn("oldkeys")) {
      return MissingNode.getInstance();
    }
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < names.size(); i++) {
      key.set(names.get(i).asText(), record.path("oldkeys").path("keyvalues").path(i));
    }
    return key;
  }

  private static ColumnReader columns(Operation operation) {
    return new ColumnReader() {
      @Override
      public boolean isUnchanged(DeclaredColumn column, JsonNode value) {
        return operation == Operation.UPDATE && value.isMissingNode();
      }

      @Override
      public Object read(DeclaredColumn column, JsonNode value) {
        return UntypedValue.read(column, value);
      }
    };
  }
}
