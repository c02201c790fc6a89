package dev.firn.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The text of a snapshot record. Fields that a newer producer may add are skipped. */
final class SnapshotRecordJson {

  private static final String TABLE = "table";
  private static final String RANGES = "ranges";
  private static final String ROWS = "rows";

  private SnapshotRecordJson() {}

  static String write(SnapshotRecord record) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField(TABLE, record.table().value());
      json.writeNumberField(Fields.EPOCH, record.epoch());
      json.writeNumberField(Fields.LSN, record.lsn());
      json.writeArrayFieldStart(RANGES);
      for (SnapshotRecord.Run run : record.runs()) {
        json.writeStartObject();
        json.writeNumberField(Fields.LSN, run.lsn());
        json.writeNumberField(Fields.SEQ, run.firstSeq());
        json.writeNumberField(ROWS, run.rows());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write snapshot record of " + record.table(), e);
    }
    return out.toString();
  }

  static SnapshotRecord read(String text) {
    try (JsonParser json = Json.FACTORY.createParser(text)) {
      json.nextToken();
      return readRecord(json);
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw new MalformedRecordException("not a snapshot record: " + e.getMessage(), e);
    }
  }

  private static SnapshotRecord readRecord(JsonParser json) throws IOException {
    Json.expect(json, JsonToken.START_OBJECT);
    String table = null;
    Map<String, Long> numbers = new HashMap<>();
    List<SnapshotRecord.Run> runs = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case TABLE -> table = Json.readString(json);
        case Fields.EPOCH, Fields.LSN -> numbers.put(field, Json.readLong(json));
        case RANGES -> runs = readRuns(json);
        default -> json.skipChildren();
      }
    }
    if (json.nextToken() != null) {
      throw new MalformedRecordException("more than one object");
    }
    return new SnapshotRecord(
        new TableToken(need(TABLE, table)),
        Math.toIntExact(need(Fields.EPOCH, numbers.get(Fields.EPOCH))),
        need(Fields.LSN, numbers.get(Fields.LSN)),
        need(RANGES, runs));
  }

  private static List<SnapshotRecord.Run> readRuns(JsonParser json) throws IOException {
    Json.expect(json, JsonToken.START_ARRAY);
    List<SnapshotRecord.Run> runs = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Json.expect(json, JsonToken.START_OBJECT);
      Map<String, Long> numbers = new HashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case Fields.LSN, Fields.SEQ, ROWS -> numbers.put(field, Json.readLong(json));
          default -> json.skipChildren();
        }
      }
      runs.add(
          new SnapshotRecord.Run(
              need(Fields.LSN, numbers.get(Fields.LSN)),
              need(Fields.SEQ, numbers.get(Fields.SEQ)),
              need(ROWS, numbers.get(ROWS))));
    }
    return runs;
  }

  private static <T> T need(String field, T value) {
    if (value == null) {
      throw new MalformedRecordException("a field of a snapshot record is missing: " + field);
    }
    return value;
  }
}
