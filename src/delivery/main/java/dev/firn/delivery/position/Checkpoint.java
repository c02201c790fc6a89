package dev.firn.delivery.position;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The state that a run leaves for the next one: everything before these positions is in the raw
 * zone.
 *
 * @param created creation time of the stream: a stream that was recreated under the same name has
 *     other records
 * @param positions by shard
 */
public record Checkpoint(String created, Map<String, ShardPosition> positions) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String CREATED = "created";
  private static final String SHARDS = "shards";

  public Checkpoint {
    Objects.requireNonNull(created, "created");
    positions = Map.copyOf(positions);
  }

  byte[] toJson() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField(CREATED, created);
      json.writeObjectFieldStart(SHARDS);
      for (Map.Entry<String, ShardPosition> shard : new TreeMap<>(positions).entrySet()) {
        json.writeStringField(shard.getKey(), shard.getValue().toString());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  static Checkpoint parse(byte[] text) throws IOException {
    String created = "";
    Map<String, ShardPosition> positions = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.currentName().equals(CREATED)) {
          created = json.nextTextValue();
        } else {
          json.nextToken();
          readPositions(json, positions);
        }
      }
    }
    return new Checkpoint(created, positions);
  }

  private static void readPositions(JsonParser json, Map<String, ShardPosition> positions)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      positions.put(json.currentName(), ShardPosition.parse(json.nextTextValue()));
    }
  }
}
