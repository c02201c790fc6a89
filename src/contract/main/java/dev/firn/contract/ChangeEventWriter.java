package dev.firn.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Writes change events in the wire format: one JSON object per line, UTF-8, terminated by a
 * newline.
 */
public final class ChangeEventWriter {

  private ChangeEventWriter() {}

  /** The event's line, with its newline, as if it had been written at its commit time. */
  public static byte[] line(ChangeEvent event) {
    return line(event, event.committedAt());
  }

  /** The event's line, with its newline. */
  public static byte[] line(ChangeEvent event, Instant writtenAt) {
    EventLine line = new EventLine();
    line.writtenAt(writtenAt.getEpochSecond());
    write(event, line);
    return line.values().toByteArray();
  }

  /** Writes this event into the line. The line itself knows the time of writing. */
  public static void write(ChangeEvent event, EventLine line) {
    RowImage row = event.row();
    line.origin(event.origin());
    line.begin(event.source(), event.operation(), event.position(), event.committedAt());
    line.beginKey();
    fields(row.key(), line.values());
    line.endKey();
    if (!row.before().isEmpty()) {
      line.beginBefore();
      fields(row.before(), line.values());
      line.endValues();
    }
    if (!row.after().isEmpty()) {
      line.beginAfter();
      fields(row.after(), line.values());
      line.endValues();
    }
    line.unchanged(row.unchanged());
    line.end();
  }

  private static void fields(Map<String, Object> values, JsonBytes json) {
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      json.field(JsonBytes.fieldName(entry.getKey()));
      value(entry.getValue(), json);
    }
  }

  private static void value(Object value, JsonBytes json) {
    if (value == null) {
      json.nullValue();
    } else if (value instanceof String text) {
      json.string(text);
    } else if (value instanceof Long number) {
      json.number(number);
    } else if (value instanceof Double number) {
      json.number(number);
    } else if (value instanceof Boolean bool) {
      json.bool(bool);
    } else if (value instanceof List<?> list) {
      list(list, json);
    } else {
      throw new IllegalArgumentException(
          "Cannot write value: null, Boolean, Long, Double, String or a List of these is expected: "
              + value.getClass().getName());
    }
  }

  private static void list(List<?> list, JsonBytes json) {
    json.startArray();
    for (Object element : list) {
      json.element();
      value(element, json);
    }
    json.endArray();
  }
}
