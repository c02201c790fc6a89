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
import java.util.Locale;
import java.util.Map;

/**
 * The text of a schema document. Its bytes decide the fingerprint: no change of order, no white
 * space.
 */
final class SchemaDocumentJson {

  private SchemaDocumentJson() {}

  static String write(SchemaDocument document) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("table", document.table().value());
      json.writeStringField("source", document.source());
      json.writeStringField(
          "replica_identity", document.replicaIdentity().name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("columns");
      for (Column column : document.columns()) {
        writeColumn(json, column);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write schema document of " + document.table(), e);
    }
    return out.toString();
  }

  private static void writeColumn(JsonGenerator json, Column column) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", column.name());
    json.writeStringField("type", column.type());
    if (!column.modifiers().isEmpty()) {
      json.writeArrayFieldStart("modifiers");
      for (int modifier : column.modifiers()) {
        json.writeNumber(modifier);
      }
      json.writeEndArray();
    }
    json.writeBooleanField("nullable", column.nullable());
    if (column.isKey()) {
      json.writeNumberField("key", column.keyOrdinal());
    }
    json.writeEndObject();
  }

  static SchemaDocument read(String text) {
    try (JsonParser json = Json.FACTORY.createParser(text)) {
      json.nextToken();
      return readDocument(json);
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedRecordException("not a schema document: " + e.getMessage(), e);
    }
  }

  private static SchemaDocument readDocument(JsonParser json) throws IOException {
    Json.expect(json, JsonToken.START_OBJECT);
    Map<String, String> texts = new HashMap<>();
    List<Column> columns = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "table", "source", "replica_identity" -> texts.put(field, Json.readString(json));
        case "columns" -> readColumns(json, columns);
        default -> json.skipChildren();
      }
    }
    return new SchemaDocument(
        new TableToken(need(texts, "table")),
        need(texts, "source"),
        columns,
        ReplicaIdentity.valueOf(need(texts, "replica_identity").toUpperCase(Locale.ROOT)));
  }

  private static void readColumns(JsonParser json, List<Column> columns) throws IOException {
    Json.expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      columns.add(readColumn(json));
    }
  }

  private static Column readColumn(JsonParser json) throws IOException {
    Json.expect(json, JsonToken.START_OBJECT);
    Map<String, String> texts = new HashMap<>();
    List<Integer> modifiers = new ArrayList<>();
    boolean nullable = true;
    int key = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name", "type" -> texts.put(field, Json.readString(json));
        case "modifiers" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            modifiers.add(Json.readInt(json));
          }
        }
        case "nullable" -> nullable = json.getBooleanValue();
        case "key" -> key = Json.readInt(json);
        default -> json.skipChildren();
      }
    }
    return new Column(need(texts, "name"), need(texts, "type"), modifiers, nullable, key);
  }

  private static String need(Map<String, String> texts, String field) {
    String text = texts.get(field);
    if (text == null) {
      throw new MalformedRecordException("a field of a schema document is missing: " + field);
    }
    return text;
  }
}
