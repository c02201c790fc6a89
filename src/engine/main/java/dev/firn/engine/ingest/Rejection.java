package dev.firn.engine.ingest;

import java.util.Objects;

/**
 * A record, or a whole file, that cannot become a change.
 *
 * @param line the record begins on, from 1; 0 for the file as a whole
 * @param payload what was read, cut off after {@link #MAX_PAYLOAD} characters; empty for a file
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
