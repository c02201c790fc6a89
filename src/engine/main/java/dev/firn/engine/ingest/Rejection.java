package dev.firn.engine.ingest;

import java.util.Objects;

/**
 * A record, or a whole file, that cannot be converted into changes.
 *
 * @param line the line on which the record starts, from 1; 0 for the file as a whole
 * @param payload the record's text, truncated after {@link #MAX_PAYLOAD} characters; empty for a
 *     file
 */
public record Rejection(String file, long line, String reason, String payload) implements Gathered {

  public static final int MAX_PAYLOAD = 1 << 20;

  public Rejection {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(reason, "reason");
    if (payload.length() > MAX_PAYLOAD) {
      payload = payload.substring(0, MAX_PAYLOAD);
    }
  }

  public boolean isWholeFile() {
    return line == 0;
  }
}
