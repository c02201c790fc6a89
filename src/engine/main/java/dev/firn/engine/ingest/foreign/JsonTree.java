package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.contract.MalformedRecordException;
import java.io.IOException;

/** Parses JSON of any structure, within limits; numbers are exact. */
final class JsonTree {

  private static final int MAX_STRING = 256 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER = 400;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAX_STRING)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private JsonTree() {}

  /**
   * @throws MalformedRecordException when this is not one JSON value
   */
  static JsonNode parse(byte[] bytes, int offset, int length) {
    try {
      return READER.readValue(bytes, offset, length);
    } catch (IOException e) {
      throw MalformedRecordException.ofJson(e);
    }
  }

  /** A required text field. */
  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw new MalformedRecordException("a field is missing or not a text: " + field);
    }
    return value.textValue();
  }

  /** An integer, which some writers put in quotes. */
  static long number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    try {
      return Long.parseLong(text(object, field));
    } catch (NumberFormatException e) {
      throw new MalformedRecordException(
          "a field is not an integer: %s: %s".formatted(field, value), e);
    }
  }
}
