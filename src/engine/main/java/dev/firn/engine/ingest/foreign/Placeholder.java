package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The value that Debezium writes when PostgreSQL did not send one (unchanged TOAST), unless {@code
 * unavailable.value.placeholder} is configured otherwise: this text, its bytes, or an array of it;
 * for an array of integers the bytes as numbers.
 */
final class Placeholder {

  private static final String TEXT = "__debezium_unavailable_value";
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
  private static final String BASE64 = Base64.getEncoder().encodeToString(BYTES);

  private Placeholder() {}

  static boolean isIn(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue().equals(TEXT) || value.textValue().equals(BASE64);
    }
    if (value.isArray()) {
      return value.size() == 1 ? isIn(value.get(0)) : isBytes(value);
    }
    return false;
  }

  private static boolean isBytes(JsonNode array) {
    boolean same = array.size() == BYTES.length;
    for (int i = 0; same && i < BYTES.length; i++) {
      same = array.get(i).isIntegralNumber() && array.get(i).longValue() == BYTES[i];
    }
    return same;
  }
}
