package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of an account, by name and by ARN. */
final class FakeStreams {

  private static final String ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/";

  private final Map<String, FakeStream> byName = new ConcurrentHashMap<>();

  void create(String name, int shards) {
    if (byName.putIfAbsent(name, new FakeStream(name, shards)) != null) {
      throw KinesisFault.of("ResourceInUseException", "Stream " + name + " already exists");
    }
  }

  FakeStream named(String name) {
    FakeStream stream = byName.get(name);
    if (stream == null) {
      throw KinesisFault.of("ResourceNotFoundException", "Stream " + name + " not found");
    }
    return stream;
  }

  FakeStream of(JsonNode request) {
    String arn = request.path("StreamARN").asText("");
    return named(
        arn.isEmpty()
            ? request.path("StreamName").asText()
            : arn.substring(arn.lastIndexOf('/') + 1));
  }

  static String arn(FakeStream stream) {
    return ARN + stream.name();
  }
}
