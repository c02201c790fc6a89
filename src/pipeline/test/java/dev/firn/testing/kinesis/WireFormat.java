package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * The two protocols of the Kinesis API. They differ in more than syntax: blobs are base64 or bytes,
 * and times are seconds with a fraction or whole milliseconds.
 */
enum WireFormat {
  CBOR("application/x-amz-cbor-1.1", new CBORMapper()) {
    @Override
    JsonNode time(Instant time) {
      return LongNode.valueOf(time.toEpochMilli());
    }

    @Override
    Instant time(JsonNode value) {
      return Instant.ofEpochMilli(value.asLong());
    }
  },
  JSON("application/x-amz-json-1.1", new ObjectMapper()) {
    @Override
    JsonNode time(Instant time) {
      return DoubleNode.valueOf(time.toEpochMilli() / 1000.0);
    }

    @Override
    Instant time(JsonNode value) {
      return Instant.ofEpochMilli(Math.round(value.asDouble() * 1000));
    }
  };

  private final String contentType;

  // Jackson's mappers are not changed once they are made.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ObjectMapper mapper;

  WireFormat(String contentType, ObjectMapper mapper) {
    this.contentType = contentType;
    this.mapper = mapper;
  }

  static WireFormat of(String contentType) {
    return contentType != null && contentType.startsWith(CBOR.contentType) ? CBOR : JSON;
  }

  String contentType() {
    return contentType;
  }

  JsonNode read(InputStream in) throws IOException {
    JsonNode node = mapper.readTree(in);
    return node == null || node.isMissingNode() ? object() : node;
  }

  byte[] write(ObjectNode answer) throws IOException {
    return mapper.writeValueAsBytes(answer);
  }

  ObjectNode object() {
    return mapper.createObjectNode();
  }

  abstract JsonNode time(Instant time);

  abstract Instant time(JsonNode value);
}
