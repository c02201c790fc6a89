package dev.firn.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the plain values in events and schema documents. */
final class Json {

  /**
   * Longest string value read, in characters: a PostgreSQL value is below 1 GiB, a record far less.
   */
  static final int MAX_STRING = 256 << 20;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER = 400;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MAX_STRING)
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  private Json() {}

  /**
   * Reads the value at the parser's current token. An integer beyond 64 bits is refused, never
   * rounded.
   */
  static Object readValue(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> readDouble(json);
      case START_ARRAY -> readList(json);
      default ->
          throw new MalformedRecordException(
              "a scalar or an array is expected: " + json.currentToken());
    };
  }

  static Map<String, Object> readObject(JsonParser json) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      values.put(name, readValue(json));
    }
    return values;
  }

  static List<String> readStrings(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY);
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(readString(json));
    }
    return values;
  }

  static String readString(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  static long readLong(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  static int readInt(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_NUMBER_INT);
    return json.getIntValue();
  }

  static void expect(JsonParser json, JsonToken token) {
    if (json.currentToken() != token) {
      throw new MalformedRecordException(
          "%s is expected: %s".formatted(token, json.currentToken()));
    }
  }

  private static double readDouble(JsonParser json) throws IOException {
    double value = json.getDoubleValue();
    // 1e999 would be read as Infinity, a value that was never written.
    if (Double.isInfinite(value)) {
      throw new MalformedRecordException("a number beyond a double: " + json.getText());
    }
    return value;
  }

  private static List<Object> readList(JsonParser json) throws IOException {
    List<Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(readValue(json));
    }
    return values;
  }
}
