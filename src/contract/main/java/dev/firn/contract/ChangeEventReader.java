package dev.firn.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads one change event from the bytes of one JSON object. Unknown fields are skipped, so that a
 * newer producer may add some. A required field that is missing or has the wrong type is refused.
 */
public final class ChangeEventReader {

  private String table;
  private String schema;
  private Operation operation;
  private Integer epoch;
  private Long lsn;
  private Long seq;
  private Instant committedAt;
  private Origin origin = Origin.LOG;
  private Map<String, Object> key = Map.of();
  private Map<String, Object> before = Map.of();
  private Map<String, Object> after = Map.of();
  private List<String> unchanged = List.of();

  private ChangeEventReader() {}

  /**
   * @throws MalformedRecordException when the bytes are not a change event
   */
  public static ChangeEvent read(byte[] bytes, int offset, int length) {
    try (JsonParser json = Json.FACTORY.createParser(bytes, offset, length)) {
      return new ChangeEventReader().read(json);
    } catch (IOException e) {
      throw MalformedRecordException.ofJson(e);
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(e.getMessage(), e);
    }
  }

  public static ChangeEvent read(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  private ChangeEvent read(JsonParser json) throws IOException {
    json.nextToken();
    Json.expect(json, JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      readField(json, field);
    }
    if (json.nextToken() != null) {
      throw new MalformedRecordException("more than one object in a record");
    }
    return event();
  }

  private void readField(JsonParser json, String field) throws IOException {
    switch (field) {
      case Fields.TABLE -> table = Json.readString(json);
      case Fields.SCHEMA -> schema = Json.readString(json);
      case Fields.OPERATION -> operation = Operation.ofCode(Json.readString(json));
      case Fields.EPOCH -> epoch = Json.readInt(json);
      case Fields.LSN -> lsn = Json.readLong(json);
      case Fields.SEQ -> seq = Json.readLong(json);
      case Fields.COMMITTED_AT -> committedAt = readInstant(json);
      case Fields.ORIGIN -> origin = Origin.ofText(Json.readString(json));
      case Fields.KEY -> key = Json.readObject(json);
      case Fields.BEFORE -> before = Json.readObject(json);
      case Fields.AFTER -> after = Json.readObject(json);
      case Fields.UNCHANGED -> unchanged = Json.readStrings(json);
      default -> json.skipChildren();
    }
  }

  private static Instant readInstant(JsonParser json) throws IOException {
    String text = Json.readString(json);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new MalformedRecordException("committed_at is not an ISO-8601 instant: " + text, e);
    }
  }

  private ChangeEvent event() {
    List<String> missing = new ArrayList<>();
    need(missing, Fields.TABLE, table);
    need(missing, Fields.OPERATION, operation);
    need(missing, Fields.EPOCH, epoch);
    need(missing, Fields.LSN, lsn);
    need(missing, Fields.SEQ, seq);
    need(missing, Fields.COMMITTED_AT, committedAt);
    need(missing, Fields.SCHEMA, schema);
    if (!missing.isEmpty()) {
      throw new MalformedRecordException("fields are missing: " + String.join(", ", missing));
    }
    return new ChangeEvent(
        new TableVersion(new TableToken(table), schema),
        operation,
        new Position(epoch, lsn, seq),
        committedAt,
        origin,
        new RowImage(key, before, after, unchanged));
  }

  private static void need(List<String> missing, String field, Object value) {
    if (value == null) {
      missing.add(field);
    }
  }
}
