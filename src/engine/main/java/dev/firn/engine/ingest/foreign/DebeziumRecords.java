package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Operation;
import dev.firn.engine.ingest.RecordFormat;
import dev.firn.pipeline.ForeignFormat.Decimals;
import dev.firn.pipeline.ForeignFormat.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads Debezium's change events of PostgreSQL, as JSON, with or without the schema block. The
 * position is the last commit before the event's transaction and, below it, the LSN of the row;
 * PostgreSQL's row locks ensure that the changes of one row have increasing LSNs. The transaction
 * block is not used: its count restarts with each transaction, and after a restart of the connector
 * two transactions may have the same last commit.
 */
final class DebeziumRecords implements RecordFormat {

  private static final long serialVersionUID = 1L;

  /** Leaves 50 bits for an LSN: 1 PiB of WAL. */
  private static final int TIE_BITS = 13;

  private final DeclaredTable table;
  private final Decimals decimals;
  private final Times times;

  DebeziumRecords(DeclaredTable table, Decimals decimals, Times times) {
    this.table = table;
    this.decimals = decimals;
    this.times = times;
  }

  @Override
  public List<ChangeEvent> read(byte[] bytes, int offset, int length) {
    JsonNode record = JsonTree.parse(bytes, offset, length);
    JsonNode payload = record.has("payload") ? record.get("payload") : record;
    if (payload.isNull()) {
      // The tombstone after a delete, for Kafka's log compaction.
      return List.of();
    }
    String op = JsonTree.text(payload, "op");
    if (op.equals("m")) {
      return List.of();
    }
    JsonNode source = payload.path("source");
    table.requireName(JsonTree.text(source, "schema"), JsonTree.text(source, "table"));
    Operation operation = operation(op);
    RowReader rows =
        new RowReader(table, place(operation, payload), columns(record.path("schema")));
    JsonNode before = payload.path("before");
    return switch (operation) {
      case TRUNCATE -> List.of(rows.truncated());
      case DELETE -> List.of(rows.deleted(before));
      case INSERT, UPDATE, READ -> rows.written(operation, before, payload.path("after"));
    };
  }

  // Debezium's letters are those of a change event: the same design.
  private static Operation operation(String op) {
    try {
      return Operation.ofCode(op);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException("op is not one of c, u, d, r, t, m: " + op, e);
    }
  }

  private static Place place(Operation operation, JsonNode payload) {
    JsonNode source = payload.path("source");
    long lsn = JsonTree.number(source, "lsn");
    long ordinal = operation == Operation.READ ? 0 : lsn;
    return new Place(committedAt(payload), lastCommit(source, lsn), ordinal, TIE_BITS);
  }

  // The text ["lastCommit","lsn"]; the first is null until there was a commit.
  private static long lastCommit(JsonNode source, long lsn) {
    JsonNode sequence = source.path("sequence");
    if (!sequence.isTextual()) {
      return lsn;
    }
    byte[] text = sequence.textValue().getBytes(StandardCharsets.UTF_8);
    JsonNode lastCommit = JsonTree.parse(text, 0, text.length).path(0);
    if (lastCommit.isNull() || lastCommit.isMissingNode()) {
      return lsn;
    }
    try {
      return Long.parseLong(lastCommit.asText());
    } catch (NumberFormatException e) {
      throw new MalformedRecordException("source.sequence is not a pair of LSNs: " + sequence, e);
    }
  }

  private static Instant committedAt(JsonNode payload) {
    JsonNode source = payload.path("source");
    if (source.has("ts_us")) {
      return TimeText.instant(JsonTree.number(source, "ts_us"), TimeUnit.MICROSECONDS);
    }
    return TimeText.instant(JsonTree.number(source, "ts_ms"), TimeUnit.MILLISECONDS);
  }

  private ColumnReader columns(JsonNode schema) {
    Map<String, ConnectType> types = ConnectType.ofRow(schema);
    return new ColumnReader() {
      @Override
      public boolean isUnchanged(DeclaredColumn column, JsonNode value) {
        return Placeholder.isIn(value);
      }

      @Override
      public Object read(DeclaredColumn column, JsonNode value) {
        ConnectType type = types.get(column.name());
        return ConnectValue.read(
            column, type == null ? ConnectType.assumed(column, decimals, times) : type, value);
      }
    };
  }
}
