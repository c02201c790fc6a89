package dev.firn.engine.progress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Instant;

/** Reads an ISO-8601 instant; Jackson's module for java.time is not on every class path. */
final class InstantReader extends StdScalarDeserializer<Instant> {

  private static final long serialVersionUID = 1L;

  InstantReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
    return Instant.parse(json.getText());
  }
}
