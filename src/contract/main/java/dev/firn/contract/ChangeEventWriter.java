package dev.firn.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Writes change events as the wire has them: one JSON object a line, UTF-8, ended by a newline. */
public final class ChangeEventWriter {

  private static final DateTimeFormatter MICROSECONDS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private ChangeEventWriter() {}

  /** The event's line, with its newline. */
  public static byte[] line(ChangeEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      write(json, event);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write change event at " + event.position(), e);
    }
    return out.toByteArray();
  }

  static String timestamp(Instant instant) {
    return MICROSECONDS.format(instant);
  }

  private static void write(JsonGenerator json, ChangeEvent event) throws IOException {
    json.writeStartObject();
    json.writeStringField(Fields.TABLE, event.table().value());
    json.writeNumberField(Fields.EVENT_TIMESTAMP, event.eventTimestamp());
    json.writeStringField(Fields.OPERATION, event.operation().code());
    json.writeNumberField(Fields.EPOCH, event.position().epoch());
    json.writeNumberField(Fields.LSN, event.position().lsn());
    json.writeNumberField(Fields.SEQ, event.position().seq());
    json.writeStringField(Fields.COMMITTED_AT, timestamp(event.committedAt()));
    json.writeStringField(Fields.SCHEMA, event.source().fingerprint());
    writeRow(json, event);
    json.writeEndObject();
  }

  private static void writeRow(JsonGenerator json, ChangeEvent event) throws IOException {
    RowImage row = event.row();
    json.writeFieldName(Fields.KEY);
    Json.writeObject(json, row.key());
    if (!row.before().isEmpty()) {
      json.writeFieldName(Fields.BEFORE);
      Json.writeObject(json, row.before());
    }
    if (!row.after().isEmpty()) {
      json.writeFieldName(Fields.AFTER);
      Json.writeObject(json, row.after());
    }
    if (!row.unchanged().isEmpty()) {
      json.writeArrayFieldStart(Fields.UNCHANGED);
      for (String column : row.unchanged()) {
        json.writeString(column);
      }
      json.writeEndArray();
    }
  }
}
