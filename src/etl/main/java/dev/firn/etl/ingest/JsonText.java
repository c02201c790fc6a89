package dev.firn.etl.ingest;

import java.nio.charset.StandardCharsets;

/** Fixed parts of an event's bytes. */
final class JsonText {

  private JsonText() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
